/**
 * What a browser keeps for the origin of an answer, or does in its name later. In path form that origin is the console's,
 * and every gateway's: a provider must not speak for it. In lower case.
 */
export const KEPT_FOR_ORIGIN: ReadonlySet<string> = new Set([
  // Cookies, and who is signed in (RFC 6265 §3; Login Status API; Device Bound Session Credentials). Cookies are not
  // passed on the other way either.
  'set-cookie',
  'set-cookie2',
  'set-login',
  'secure-session-registration',
  'secure-session-challenge',
  'secure-session-skipped',
  'sec-session-registration',
  'sec-session-challenge',
  // How it is reached from now on (RFC 6797; RFC 7838; RFC 7469; RFC 9163).
  'strict-transport-security',
  'alt-svc',
  'public-key-pins',
  'public-key-pins-report-only',
  'expect-ct',
  // What it has stored (Clear Site Data), and what serves its pages (Service Workers).
  'clear-site-data',
  'service-worker-allowed',
  // Who is told of its errors (Network Error Logging; Reporting API).
  'nel',
  'report-to',
  'reporting-endpoints',
  // What is sent with requests to it (RFC 8942; Client Hints Infrastructure; RFC 9842).
  'accept-ch',
  'accept-ch-lifetime',
  'critical-ch',
  'use-as-dictionary',
  // Which process its pages have, and which trials (HTML; Origin Trials).
  'origin-agent-cluster',
  'origin-trial',
  // What it may learn of the visitor (Topics; Attribution Reporting; Storage Access Headers; Shared Storage).
  'observe-browsing-topics',
  'attribution-reporting-register-source',
  'attribution-reporting-register-trigger',
  'attribution-reporting-register-os-source',
  'attribution-reporting-register-os-trigger',
  'activate-storage-access',
  'shared-storage-write',
  // What is fetched from it beforehand (Speculation Rules).
  'speculation-rules',
]);

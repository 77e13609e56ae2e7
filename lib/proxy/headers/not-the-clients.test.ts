import { expect, test } from 'vitest';
import { isNotTheClients } from './not-the-clients.ts';

test.each([
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-client-cert', 'x-real-ip', 'true-client-ip', 'client-ip'],
  ...['cf-connecting-ip', 'cf-ray', 'cf-access-jwt-assertion', 'cf-access-client-secret', 'fastly-client-ip'],
  ...['x-azure-clientip', 'x-azure-fdid', 'fly-client-ip', 'x-vercel-forwarded-for', 'x-vercel-oidc-token'],
  ...['x-nf-client-connection-ip', 'akamai-origin-hop', 'cloudfront-viewer-address', 'x-amz-cf-id', 'cdn-requestid'],
  ...['x-amzn-oidc-accesstoken', 'x-amzn-oidc-data', 'x-amzn-mtls-clientcert-leaf', 'x-amzn-trace-id'],
  ...['x-goog-iap-jwt-assertion', 'x-goog-authenticated-user-email', 'x-appengine-user-ip', 'x-cloud-trace-context'],
  ...['x-ms-token-aad-access-token', 'x-ms-client-principal', 'x-ms-client-principal-name', 'x-arr-clientcert'],
  ...['x-envoy-external-address', 'l5d-client-id', 'x-auth-request-access-token', 'remote-user', 'remote-groups'],
  ...[
    'x-authentik-jwt',
    'x-pomerium-jwt-assertion',
    'teleport-jwt-assertion',
    'tailscale-user-login',
    'oidc_claim_sub',
  ],
  ...['x-consumer-username', 'client-cert', 'ssl-client-cert', 'x-ssl-client-s-dn', 'ssl_client_s_dn'],
  ...['referer', 'origin', 'sec-fetch-site', 'sec-ch-ua', 'access-control-request-method'],
  ...['x-original-url', 'x-rewrite-url', 'x-original-method', 'x-http-method-override', 'x_forwarded_for'],
])('%s is not the client’s', (name) => {
  expect(isNotTheClients(name)).toBe(true);
});

test.each([
  // Of the official SDKs of OpenAI, Anthropic, Google, Amazon, Microsoft and Hugging Face.
  ...['x-stainless-lang', 'x-stainless-retry-count', 'openai-beta', 'openai-organization', 'x-client-request-id'],
  ...['anthropic-version', 'anthropic-beta', 'anthropic-dangerous-direct-browser-access', 'x-app', 'x-api-key'],
  ...['x-goog-api-client', 'x-goog-api-key', 'x-goog-upload-command', 'x-goog-user-project', 'x-server-timeout'],
  ...['x-amz-date', 'x-amz-content-sha256', 'amz-sdk-invocation-id', 'x-amzn-bedrock-guardrailidentifier'],
  ...['x-ms-client-request-id', 'x-ms-useragent', 'x-ms-return-client-request-id', 'x-hf-bill-to'],
  // Of Codex, OpenRouter's clients and RapidAPI's.
  ...['session_id', 'originator', 'chatgpt-account-id', 'http-referer', 'x-title', 'x-rapidapi-key', 'x-auth-token'],
  // Addressed to a gateway, which the provider may be.
  ...['cf-aig-metadata', 'cf-aig-skip-cache', 'ngrok-skip-browser-warning'],
  // Traces and ids that clients write; loops are found by these.
  ...['traceparent', 'tracestate', 'baggage', 'b3', 'x-b3-traceid', 'x-request-id', 'sentry-trace', 'cdn-loop', 'via'],
  ...['content-type', 'accept', 'accept-language', 'user-agent', 'idempotency-key', 'priority', 'range', 'if-match'],
  // They only begin like one that is not.
  ...['original', 'x-scheme-id', 'x-access-tokens', 'xcf-ray', 'cfx', 'refererx', 'security'],
])('%s is the client’s', (name) => {
  expect(isNotTheClients(name)).toBe(false);
});

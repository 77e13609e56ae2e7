const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a preference of this browser where the server sees it with the next request. */
export function setPreference(cookie: string, value: string): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API exists in secure contexts only
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax${secure}`;
}

/**
 * Runs in the browser, so that a secret that is pasted into the wrong field stays there, and on the server, for whoever
 * sends one by hand.
 */

/** What a secret that is meant for another field looks like. */
export type SecretLook =
  /** A token of ours, also with characters missing, added, or a line broken. */
  | 'token'
  /** What somebody's keys begin with. */
  | 'key'
  /** Characters that nobody thinks of. */
  | 'random';

const TOKEN = /lk_[0-9A-Za-z]{12}/;

/**
 * Beginnings that services give to their keys so that they are recognised, each with so much of the rest that no word is
 * taken for one. From their documentation and the patterns of GitHub's secret scanning.
 */
const KEYS = [
  // OpenAI, Anthropic, DeepSeek, OpenRouter, Stripe and many more.
  /(?<![a-z0-9])[rs]k[-_](?=[a-z_-]{0,12}[A-Z0-9]|\w*\d)[A-Za-z0-9_-]{16}/,
  // Google: API keys, OAuth client secrets, access and refresh tokens.
  /AIza[\w-]{30}|GOCSPX-[\w-]{20}|ya29\.[\w-]{20}|1\/\/0[\w-]{20}/,
  // Other model providers.
  /(?<![a-z0-9])(?:hf|gsk|r8|fw)_[a-z0-9]{16}|(?<![a-z0-9])(?:xai|pplx|nvapi|tvly|csk|tgp_v1)[-_][\w-]{16}/i,
  // Code and packages.
  /gh[oprsu]_\w{20}|github_pat_\w{20}|glpat-[\w-]{16}|npm_[a-z0-9]{20}|pypi-[\w-]{16}|dckr_pat_[\w-]{16}/i,
  // Clouds.
  /(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{14}|dop_v1_[0-9a-f]{20}|AccountKey=[\w+/]{20}/,
  // Chat, mail, payments, trackers.
  /xox[abeoprs]-[\w-]{10}|xapp-\d-[\w-]{10}|SG\.[\w-]{16}|whsec_\w{16}|shp(?:at|ss|ca|pa)_[0-9a-f]{16}|lin_api_\w{16}|ntn_\w{16}|ATATT3\w{16}/,
  // JSON Web Tokens (RFC 7519), PEM (RFC 7468), credentials in headers and addresses (RFC 7617, RFC 6750).
  /eyJ[\w-]{10}|-----BEGIN[A-Z0-9 ]*PRIVATEKEY|Bearer[\w.~+/-]{20}|Basic[a-z0-9+/]{20}|:\/\/[^\s/@:]+:[^\s/@]+@/i,
];

/** As much as can be a secret at all; whoever pastes a book has not pasted one. */
const LONGEST = 16_384;

/**
 * Whether a text holds what looks like a secret; null: it does not.
 *
 * @param strict false where long random-looking parts are usual, such as names of models and paths of addresses.
 */
export function findSecret(text: string, strict = true): SecretLook | null {
  const whole = text.slice(0, LONGEST);
  // A line that a terminal or a mail has broken.
  const joined = whole.replace(/\s+/g, '');
  if (TOKEN.test(joined)) return 'token';
  if (KEYS.some((key) => key.test(joined))) return 'key';
  const isRandom = strict && (whole.match(/[A-Za-z0-9+/]{20,}/g) ?? []).some(looksRandom);
  return isRandom ? 'random' : null;
}

/** Hexadecimal of 128 bits and more, or the three kinds of characters mixed as words do not mix them. */
function looksRandom(run: string): boolean {
  if (/^(?=.*\d)(?=.*[a-f])[0-9a-f]{32,}$/i.test(run)) return true;
  const kinds = run.replace(/[A-Z]/g, 'U').replace(/[a-z]/g, 'l').replace(/[0-9]/g, '0');
  const digits = kinds.match(/0+/g)?.length ?? 0;
  const changes = kinds.match(/(.)(?!\1|$)/g)?.length ?? 0;
  return digits >= 2 && kinds.includes('U') && kinds.includes('l') && changes / (run.length - 1) >= 0.45;
}

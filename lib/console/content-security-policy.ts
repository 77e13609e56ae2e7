import { hash } from 'node:crypto';

/**
 * The style sheet that sonner puts into each page, without a nonce. `content-security-policy.test.ts` says when it is
 * another.
 */
export const SONNER_STYLES = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=';

/** Of no text: sonner puts the element into the page before it writes into it. */
const EMPTY = `sha256-${hash('sha256', '', 'base64')}`;

/**
 * The `style` attributes of the server's pages, all of Radix: of the list of tabs, a tab's content before it moves, and the
 * field behind a checkbox or a switch. What script sets is no matter of the policy.
 */
const ATTRIBUTES = [
  'outline:none',
  'animation-duration:0s',
  'pointer-events:none',
  'position:absolute;pointer-events:none;opacity:0;margin:0;transform:translateX(-100%)',
];

const attributeHashes = ATTRIBUTES.map((text) => `'sha256-${hash('sha256', text, 'base64')}'`).join(' ');

/** What a page of the console may load and do, by the nonce of this one answer. */
export function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates strings and talks to the dev server, whose overlay brings its own styles.
  const isDev = process.env.NODE_ENV === 'development';
  const styles = isDev
    ? ["style-src 'self' 'unsafe-inline'"]
    : [
        `style-src 'self' 'nonce-${nonce}' '${SONNER_STYLES}' '${EMPTY}'`,
        `style-src-attr 'unsafe-hashes' ${attributeHashes}`,
      ];
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    ...styles,
    "img-src 'self' data:",
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

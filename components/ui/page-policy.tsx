'use client';

import { useEffect } from 'react';
import { config } from 'zod';

// Zod would try whether the page's policy lets it make functions of text, which the browser reports.
if (typeof document !== 'undefined') config({ jitless: true });

/**
 * Makes libraries keep to the page's policy. Radix is told the nonce that a style sheet needs: what it locks the page's
 * scrolling with is one, made when a dialog opens. It looks for the nonce under this name (`get-nonce`).
 */
export function PagePolicy() {
  useEffect(() => {
    // Scripts alone can read it, by this property.
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
    Object.assign(globalThis, { __webpack_nonce__: nonce });
  }, []);
  return null;
}

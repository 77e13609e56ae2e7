import { type RefObject, useRef, useState } from 'react';
import type { NamedToken } from './delete-tokens-dialog.tsx';

/**
 * The tokens that a deletion is about to be confirmed for; null while none is. Remembers what opened the dialog, so
 * that the keyboard returns there.
 *
 * @param untick is told of those that are no longer there, one way or the other.
 * @param fallback takes the focus when the opener went with its row.
 */
export function useDoomedTokens(untick: (ids: string[]) => void, fallback: RefObject<HTMLElement | null>) {
  const [tokens, setTokens] = useState<NamedToken[] | null>(null);
  const openerRef = useRef<Element | null>(null);

  return {
    tokens,
    ask(chosen: NamedToken[]) {
      openerRef.current = document.activeElement;
      setTokens(chosen);
    },
    cancel: () => setTokens(null),
    finish(ids: string[]) {
      untick(ids);
      openerRef.current = null;
      setTokens(null);
    },
    dropMissing(ids: string[]) {
      untick(ids);
      setTokens((chosen) => chosen?.filter(({ id }) => !ids.includes(id)) ?? null);
    },
    returnFocus() {
      const opener = openerRef.current;
      const target = opener instanceof HTMLElement && opener.isConnected ? opener : fallback.current;
      target?.focus();
    },
  };
}

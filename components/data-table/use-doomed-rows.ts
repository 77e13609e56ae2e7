import { type RefObject, useRef, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';

/**
 * The rows that a deletion is about to be confirmed for; null while none is. Remembers what opened the dialog, so that
 * the keyboard returns there.
 *
 * @param untick is told of those that are no longer there, one way or the other.
 * @param fallback takes the focus when the opener went with its row.
 */
export function useDoomedRows(untick: (ids: string[]) => void, fallback: RefObject<HTMLElement | null>) {
  const [rows, setRows] = useState<NamedRow[] | null>(null);
  const openerRef = useRef<Element | null>(null);

  return {
    rows,
    ask(chosen: NamedRow[]) {
      openerRef.current = document.activeElement;
      setRows(chosen);
    },
    cancel: () => setRows(null),
    finish(ids: string[]) {
      untick(ids);
      openerRef.current = null;
      setRows(null);
    },
    dropMissing(ids: string[]) {
      untick(ids);
      setRows((chosen) => chosen?.filter(({ id }) => !ids.includes(id)) ?? null);
    },
    returnFocus() {
      const opener = openerRef.current;
      const target = opener instanceof HTMLElement && opener.isConnected ? opener : fallback.current;
      target?.focus();
    },
  };
}

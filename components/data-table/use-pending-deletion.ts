import { type RefObject, useRef, useState } from 'react';
import type { Choice } from '#components/data-table/use-row-selection.ts';

/**
 * What a deletion is about to be confirmed for; null while none is. Remembers what opened the dialog, so that the
 * keyboard returns there.
 *
 * @param selection is told of what is no longer there, one way or the other.
 * @param fallback takes the focus when the opener went with its row.
 */
export function usePendingDeletion(
  selection: { untick: (ids: string[]) => void; clear: () => void },
  fallback: RefObject<HTMLElement | null>,
) {
  const [choice, setChoice] = useState<Choice | null>(null);
  const openerRef = useRef<Element | null>(null);

  return {
    choice,
    ask(chosen: Choice) {
      openerRef.current = document.activeElement;
      setChoice(chosen);
    },
    cancel: () => setChoice(null),
    /** What was chosen is deleted. */
    finish() {
      if (choice?.is === 'rows') selection.untick(choice.rows.map(({ id }) => id));
      else selection.clear();
      openerRef.current = null;
      setChoice(null);
    },
    dropMissing(ids: string[]) {
      selection.untick(ids);
      if (choice?.is === 'rows') setChoice({ is: 'rows', rows: choice.rows.filter(({ id }) => !ids.includes(id)) });
    },
    returnFocus() {
      const opener = openerRef.current;
      const target = opener instanceof HTMLElement && opener.isConnected ? opener : fallback.current;
      // The view stays where it is: what has the focus may be far above what was just looked at.
      target?.focus({ preventScroll: true });
    },
  };
}

export type PendingDeletionState = ReturnType<typeof usePendingDeletion>;

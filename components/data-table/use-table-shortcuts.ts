import type { RefObject } from 'react';
import { countOf, type Selection } from '#components/data-table/use-row-selection.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';

type TableShortcuts = {
  /** Around the rows. */
  frameRef: RefObject<HTMLElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
  refresh: () => void;
  selection: Selection | undefined;
  /** Asks before the row with this id, or what is ticked, is deleted; null is no row. */
  askDelete?: ((rowId: string | null) => void) | undefined;
};

/** Keys of a table. The row that they are about is the one that has the focus, or has it somewhere inside. */
export function useTableShortcuts({ frameRef, searchRef, refresh, selection, askDelete }: TableShortcuts): void {
  const focusedRow = () => document.activeElement?.closest<HTMLElement>('tr[data-row]') ?? null;

  function move(step: 1 | -1) {
    const rows = [...(frameRef.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])];
    const current = focusedRow();
    const index = current ? rows.indexOf(current) + step : step === 1 ? 0 : rows.length - 1;
    rows[index]?.focus();
    return true;
  }

  /** Arrows scroll the page until a row has the focus. */
  const moveInside = (step: 1 | -1) => focusedRow() !== null && move(step);

  function tick({ shiftKey }: KeyboardEvent) {
    const box = focusedRow()?.querySelector('[role="checkbox"]');
    // A click, so that the same happens as with the mouse, ranges included.
    return box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey })) !== undefined;
  }

  function deleteChosen() {
    askDelete?.(focusedRow()?.dataset.row ?? null);
    return askDelete !== undefined;
  }

  function untick() {
    const any = selection !== undefined && countOf(selection.choice) > 0;
    if (any) selection.clear();
    return any;
  }

  useShortcuts({
    '/': () => {
      searchRef.current?.focus();
      return true;
    },
    r: () => {
      refresh();
      return true;
    },
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => moveInside(1),
    ArrowUp: () => moveInside(-1),
    x: tick,
    X: tick,
    Delete: deleteChosen,
    Escape: untick,
  });
}

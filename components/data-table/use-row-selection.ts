import { functionalUpdate, type RowSelectionState, type Updater } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';

/** Ticked rows, with their names: they may be on pages that are not loaded, and are named before they go. */
export function useRowSelection(rows: NamedRow[]) {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());

  const state: RowSelectionState = useMemo(
    () => Object.fromEntries([...names.keys()].map((id) => [id, true] as const)),
    [names],
  );

  function change(updater: Updater<RowSelectionState>) {
    const known = new Map([...names, ...rows.map(({ id, name }) => [id, name] as const)]);
    const ids = Object.keys(functionalUpdate(updater, state));
    setNames(new Map(ids.map((id) => [id, known.get(id) ?? ''])));
  }

  function untick(ids: string[]) {
    setNames((old) => new Map([...old].filter(([id]) => !ids.includes(id))));
  }

  const ticked: NamedRow[] = [...names].map(([id, name]) => ({ id, name }));
  return { state, ticked, change, untick, clear: () => setNames(new Map()) };
}

import { functionalUpdate, type RowSelectionState, type Updater } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';

/** What is chosen: rows by name, or as many as fit the search and filters, on whichever page. */
export type Choice = { is: 'rows'; rows: NamedRow[] } | { is: 'matching'; total: number };

/** How many rows are chosen. */
export function countOf(choice: Choice): number {
  return choice.is === 'rows' ? choice.rows.length : choice.total;
}

export type Selection = ReturnType<typeof useRowSelection>;

/**
 * Ticked rows, with their names: they may be on pages that are not loaded, and are named before they go. Or all that
 * match, which is no list of rows but the search and filters themselves, and so ends when these are others.
 *
 * @param asked search and filters in one text.
 * @param total how many rows match.
 */
export function useRowSelection(rows: NamedRow[], asked: string, total: number) {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [matchingAsked, setMatchingAsked] = useState<string | null>(null);
  const matching = matchingAsked === asked && total > 0;

  const state: RowSelectionState = useMemo(() => {
    const ids = matching ? rows.map(({ id }) => id) : [...names.keys()];
    return Object.fromEntries(ids.map((id) => [id, true] as const));
  }, [matching, names, rows]);

  function keep(entries: Iterable<readonly [string, string]>) {
    setNames(new Map(entries));
    setMatchingAsked(null);
  }

  return {
    state,
    choice: (matching
      ? { is: 'matching', total }
      : { is: 'rows', rows: [...names].map(([id, name]) => ({ id, name })) }) satisfies Choice as Choice,
    change(updater: Updater<RowSelectionState>) {
      const known = new Map([...names, ...rows.map(({ id, name }) => [id, name] as const)]);
      keep(Object.keys(functionalUpdate(updater, state)).map((id) => [id, known.get(id) ?? ''] as const));
    },
    choose: (chosen: NamedRow[]) => keep(chosen.map(({ id, name }) => [id, name] as const)),
    chooseMatching() {
      keep([]);
      setMatchingAsked(asked);
    },
    untick: (ids: string[]) => setNames((old) => new Map([...old].filter(([id]) => !ids.includes(id)))),
    clear: () => keep([]),
  };
}

import { functionalUpdate, type RowSelectionState, type Updater } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';

/** All that fit the search and filters, on whichever page, but for those that were unticked one by one. */
export type MatchingChoice = {
  is: 'matching';
  total: number;
  /** There are more than `total`, which nobody counted. */
  more: boolean;
  exceptIds: string[];
};

/** What is chosen: rows by name, or all that match. */
export type Choice = { is: 'rows'; rows: NamedRow[] } | MatchingChoice;

/** How many rows are chosen; at least so many, where not all were counted. */
export function countOf(choice: Choice): number {
  return choice.is === 'rows' ? choice.rows.length : choice.total;
}

export type Selection = ReturnType<typeof useRowSelection>;

type Shown = { rows: NamedRow[]; total: number; more?: boolean };

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Ticked rows, with their names: they may be on pages that are not loaded, and are named before they go. Or all that
 * match, which is no list of rows but the search and filters themselves, and so ends when these are others.
 *
 * @param asked search and filters in one text.
 */
export function useRowSelection({ rows, total, more = false }: Shown, asked: string) {
  /** The ticked rows; or, while all that match are chosen, the unticked ones. */
  const [names, setNames] = useState(NONE);
  const [matchingAsked, setMatchingAsked] = useState<string | null>(null);
  const matching = matchingAsked === asked;

  const state: RowSelectionState = useMemo(() => {
    const shown = rows.map(({ id }) => id);
    const ids = matching ? shown.filter((id) => !names.has(id)) : matchingAsked === null ? [...names.keys()] : [];
    return Object.fromEntries(ids.map((id) => [id, true] as const));
  }, [matching, matchingAsked, names, rows]);

  function change(updater: Updater<RowSelectionState>) {
    const next = functionalUpdate(updater, state);
    const old = matchingAsked === null || matching ? names : NONE;
    const known = new Map([...old, ...rows.map(({ id, name }) => [id, name] as const)]);
    // Of rows on other pages nothing changes, whichever way the names are meant.
    const kept = [...known].filter(([id]) => (rows.some((row) => row.id === id) ? matching !== id in next : true));
    setNames(new Map(kept));
    if (!matching) setMatchingAsked(null);
  }

  function choose(nextMatching: string | null) {
    setNames(NONE);
    setMatchingAsked(nextMatching);
  }

  const choice: Choice = matching
    ? { is: 'matching', total: Math.max(0, total - names.size), more, exceptIds: [...names.keys()] }
    : { is: 'rows', rows: matchingAsked === null ? [...names].map(([id, name]) => ({ id, name })) : [] };

  return {
    state,
    choice,
    change,
    /** All that match what is asked now, or will be: then they are chosen when they are shown. */
    chooseMatching: (askedThen = asked) => choose(askedThen),
    untick: (ids: string[]) => setNames((old) => new Map([...old].filter(([id]) => !ids.includes(id)))),
    clear: () => choose(null),
  };
}

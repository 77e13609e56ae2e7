import { useSyncExternalStore } from 'react';

/** Tokens that were created on this page since it was loaded: no secrets, only what marks their rows. */
export type NewTokens = { gatewayId: string; ids: ReadonlySet<string>; latest: { id: string; name: string }[] };

const NONE: NewTokens = { gatewayId: '', ids: new Set(), latest: [] };

let newTokens = NONE;
const listeners = new Set<() => void>();

/** Marks the tokens that were just created, beside those that were before. */
export function noteNewTokens(gatewayId: string, latest: { id: string; name: string }[]): void {
  const before = newTokens.gatewayId === gatewayId ? newTokens.ids : [];
  newTokens = {
    gatewayId,
    ids: new Set([...before, ...latest.map(({ id }) => id)]),
    latest: latest.map(({ id, name }) => ({ id, name })),
  };
  for (const listener of listeners) listener();
}

/** The button that creates stands in the gateway's header, the list in a tab: they share nothing else. */
export function useNewTokens(gatewayId: string): NewTokens {
  const current = useSyncExternalStore(
    subscribe,
    () => newTokens,
    () => NONE,
  );
  return current.gatewayId === gatewayId ? current : NONE;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

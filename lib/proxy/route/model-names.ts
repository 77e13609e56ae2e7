import { PROVIDERS } from '#lib/providers/catalog.ts';
import type { ProviderAccess } from '../access/store.ts';

/** What a body may call models of a provider: Google's SDKs write `models/NAME`. */
export function modelNamesAt({ kind }: ProviderAccess, models: readonly string[]): readonly string[] {
  const { native } = PROVIDERS[kind];
  return native ? models.flatMap(native.namesOf) : models;
}

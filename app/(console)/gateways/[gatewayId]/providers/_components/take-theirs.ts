import type { ProviderConflict } from '#lib/providers/merge-providers.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { type ProviderFormValue, toFormValue } from '../../../_components/provider-form/provider-form-values.ts';

/** The form's providers, with what somebody else made of the one that a conflict is about. */
export function takeTheirs(
  providers: ProviderFormValue[],
  { kind, what }: ProviderConflict,
  stored: readonly ProviderRow[],
): ProviderFormValue[] {
  const row = stored.find((provider) => provider.kind === kind);
  if (!row) return providers.filter((provider) => provider.kind !== kind);
  const theirs = toFormValue(row);
  if (what === 'changed') return [...providers, theirs];
  return providers.map((provider) => (provider.kind === kind ? { ...provider, ...partOf(theirs, what) } : provider));
}

function partOf(theirs: ProviderFormValue, what: ProviderConflict['what']): Partial<ProviderFormValue> {
  if (what === 'access') return { endpoint: theirs.endpoint, headerName: theirs.headerName, key: '' };
  if (what === 'models') return { models: theirs.models };
  if (what === 'firstByteTimeoutSeconds') return { firstByteTimeoutSeconds: theirs.firstByteTimeoutSeconds };
  if (what === 'idleTimeoutSeconds') return { idleTimeoutSeconds: theirs.idleTimeoutSeconds };
  return theirs;
}

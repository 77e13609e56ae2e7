import type { z } from 'zod';
import { takesEndpoint } from './catalog.ts';
import type { ProviderInput } from './inputs.ts';
import type { ProviderIssue } from './schema.ts';

/** What is stored of a provider's access: `endpoint` is its address, `keyLastChars` is null when it has no key. */
export type StoredAccess = {
  kind: string;
  endpoint: string | null;
  headerName: string | null;
  keyLastChars: string | null;
};

/** Which providers of a list need a key that is neither typed nor stored. */
export function findMissingKeys(providers: readonly ProviderInput[], stored: readonly StoredAccess[]): ProviderIssue[] {
  return providers.flatMap((provider, index) => {
    const message = findKeyProblem(
      provider,
      stored.find(({ kind }) => kind === provider.kind),
    );
    return message ? [{ index, field: 'key' as const, message }] : [];
  });
}

/** The same as a refinement of what has `providers`, so that a form names missing keys with all else that is wrong. */
export function requireKeys(stored: readonly StoredAccess[]) {
  return ({ providers }: { providers: readonly ProviderInput[] }, context: z.RefinementCtx): void => {
    for (const { index, field, message } of findMissingKeys(providers, stored)) {
      context.addIssue({ code: 'custom', path: ['providers', index, field], message });
    }
  };
}

/** A stored key goes where it was given for and nowhere else, or changing that would be a way to read it. */
function findKeyProblem({ kind, key, endpoint, headerName }: ProviderInput, stored: StoredAccess | undefined) {
  if (key !== undefined) return null;
  const hasKey = stored !== undefined && stored.keyLastChars !== null;
  // An endpoint of the admin's own may need none.
  if (!hasKey) return takesEndpoint(kind) ? null : 'keyRequired';
  if (endpoint === undefined) return null;
  if (URL.parse(stored.endpoint ?? '')?.origin !== new URL(endpoint).origin) return 'keyRequiredForEndpoint';
  // Servers repeat some headers in their answers, such as an id or the origin.
  return stored.headerName === (headerName ?? null) ? null : 'keyRequiredForHeader';
}

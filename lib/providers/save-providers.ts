import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import { findEndpointIssues } from './check-endpoint.ts';
import type { ProviderInput, SaveProvidersInput } from './inputs.ts';
import type { KeyRing } from './key-ring.ts';
import { mergeProviders, type ProviderConflict, toSeen } from './merge-providers.ts';
import { findMissingKeys } from './missing-keys.ts';
import { listProviders } from './queries.ts';
import type { ProviderIssue, ProviderRow } from './schema.ts';
import { insertProvider, updateProvider } from './write-provider.ts';

type ProvidersNotSaved =
  | { ok: false; code: 'gatewayNotFound' }
  | { ok: false; code: 'invalid'; issues: ProviderIssue[] }
  /** Somebody else saved meanwhile, and meant something else; `stored` is what is so now. */
  | { ok: false; code: 'conflict'; conflicts: ProviderConflict[]; stored: ProviderRow[] };

export type SaveProvidersResult = { ok: true; receipt: Receipt } | ProvidersNotSaved;

/**
 * Makes of the providers of a gateway of the session's account what `providers` says, where that differs from what was
 * `seen`: adds, changes, removes; all or nothing. What somebody else changed meanwhile stays (`mergeProviders`). A
 * provider without a key in the input keeps its stored one. Returns when every proxy goes by it.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function saveProviders(
  db: PrismaClient,
  keyRing: KeyRing,
  allowlist: readonly string[],
  session: Session,
  { gatewayId, seen, providers: wanted }: SaveProvidersInput,
): Promise<SaveProvidersResult> {
  const issues = await findEndpointIssues(wanted, allowlist);
  if (issues.length > 0) return { ok: false, code: 'invalid', issues };
  return changeAndConfirm<{ ok: true }, ProvidersNotSaved>(db, async (transaction) => {
    // Locked, so that of two admins who save at once the second sees what the first made.
    const [gateway] = await transaction.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM gateway WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!gateway) return { ok: false, code: 'gatewayNotFound' };
    const stored = await listProviders(transaction, session, gatewayId);
    const { providers, conflicts } = mergeProviders(seen, wanted, stored.map(toSeen));
    if (conflicts.length > 0) return { ok: false, code: 'conflict', conflicts, stored };
    const missing = findMissingKeys(providers, stored).map(({ index, ...issue }) => ({
      ...issue,
      index: wanted.findIndex(({ kind }) => kind === providers[index]?.kind),
    }));
    if (missing.length > 0) return { ok: false, code: 'invalid', issues: missing };
    const kept = new Set(providers.map(({ kind }) => kind));
    const removed = seen.map(({ kind }) => kind).filter((kind) => !kept.has(kind));
    await transaction.provider.deleteMany({ where: { gatewayId, kind: { in: removed } } });
    for (const provider of providers) {
      const id = stored.find(({ kind }) => kind === provider.kind)?.id;
      if (id) await updateProvider(transaction, keyRing, id, provider);
      else await insertProvider(transaction, keyRing, gatewayId, provider);
    }
    await recordAudit(transaction, session, 'gateway.providers_changed', [gateway]);
    await recordManagement(transaction, session, gateway, stored, providers);
    return { ok: true };
  });
}

/** Which providers' accounts tokens may administer is recorded by itself: it is what matters most of a change. */
async function recordManagement(
  transaction: Prisma.TransactionClient,
  session: Session,
  gateway: { id: string; name: string },
  before: readonly { kind: string; opensManagement: boolean }[],
  after: readonly ProviderInput[],
): Promise<void> {
  const wasOpen = new Map(before.map(({ kind, opensManagement }) => [kind, opensManagement]));
  const changed = after.filter(({ kind, opensManagement = wasOpen.get(kind) ?? false }) => {
    return opensManagement !== (wasOpen.get(kind) ?? false);
  });
  for (const opensManagement of [true, false]) {
    const action = opensManagement ? 'gateway.management_opened' : 'gateway.management_closed';
    if (changed.some((provider) => provider.opensManagement === opensManagement)) {
      await recordAudit(transaction, session, action, [gateway]);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import { findEndpointProblem } from './check-endpoint.ts';
import type { KeyRing } from './key-ring.ts';
import { findMissingKeys } from './missing-keys.ts';
import type { ProviderInput, ProviderIssue, SaveProvidersInput } from './schema.ts';

type ProvidersNotSaved =
  | { ok: false; code: 'gatewayNotFound' }
  | { ok: false; code: 'invalid'; issues: ProviderIssue[] };

export type SaveProvidersResult = { ok: true; receipt: Receipt } | ProvidersNotSaved;

/**
 * Makes the providers of a gateway of the session's account what `providers` says: adds, changes, removes; all or
 * nothing. A provider without a key in the input keeps its stored one. Returns when every proxy goes by it.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function saveProviders(
  db: PrismaClient,
  keyRing: KeyRing,
  allowlist: readonly string[],
  session: Session,
  { gatewayId, providers }: SaveProvidersInput,
): Promise<SaveProvidersResult> {
  const issues = await findEndpointIssues(providers, allowlist);
  if (issues.length > 0) return { ok: false, code: 'invalid', issues };
  return changeAndConfirm<{ ok: true }, ProvidersNotSaved>(db, async (transaction) => {
    // Locked, so that of two admins who save at once the second sees what the first made.
    const [gateway] = await transaction.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM gateway WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!gateway) return { ok: false, code: 'gatewayNotFound' };
    const stored = await transaction.provider.findMany({
      where: { gatewayId },
      select: { id: true, kind: true, baseUrl: true, headerName: true, keyLastChars: true },
    });
    const missing = findMissingKeys(
      providers,
      stored.map(({ baseUrl, ...rest }) => ({ ...rest, endpoint: baseUrl })),
    );
    if (missing.length > 0) return { ok: false, code: 'invalid', issues: missing };
    const kinds = providers.map(({ kind }) => kind);
    await transaction.provider.deleteMany({ where: { gatewayId, kind: { notIn: kinds } } });
    for (const provider of providers) {
      const id = stored.find(({ kind }) => kind === provider.kind)?.id;
      if (id) await updateProvider(transaction, keyRing, id, provider);
      else await insertProvider(transaction, keyRing, gatewayId, provider);
    }
    await recordAudit(transaction, session, 'gateway.providers_changed', [gateway]);
    return { ok: true };
  });
}

/** Judges the endpoints of a list before anything is written. */
export async function findEndpointIssues(
  providers: readonly ProviderInput[],
  allowlist: readonly string[],
): Promise<ProviderIssue[]> {
  const problems = await Promise.all(
    providers.map(({ endpoint }) => (endpoint === undefined ? null : findEndpointProblem(endpoint, allowlist))),
  );
  return problems.flatMap((message, index) => (message ? [{ index, field: 'endpoint' as const, message }] : []));
}

/** Adds a provider and its models to a gateway. */
export async function insertProvider(
  transaction: Prisma.TransactionClient,
  keyRing: KeyRing,
  gatewayId: string,
  provider: ProviderInput,
): Promise<void> {
  const id = randomUUID();
  await transaction.provider.create({
    data: {
      id,
      gatewayId,
      kind: provider.kind,
      ...columnsOf(keyRing, id, provider),
      models: { create: provider.models.map((name) => ({ name })) },
    },
  });
}

async function updateProvider(
  transaction: Prisma.TransactionClient,
  keyRing: KeyRing,
  id: string,
  provider: ProviderInput,
): Promise<void> {
  await transaction.provider.update({ where: { id }, data: columnsOf(keyRing, id, provider) });
  await transaction.model.deleteMany({ where: { providerId: id, name: { notIn: provider.models } } });
  await transaction.model.createMany({
    data: provider.models.map((name) => ({ providerId: id, name })),
    skipDuplicates: true,
  });
}

function columnsOf(keyRing: KeyRing, id: string, { kind, endpoint, headerName, key }: ProviderInput) {
  const isCustom = kind === 'openai-compatible';
  return {
    baseUrl: isCustom ? endpoint : undefined,
    headerName: isCustom ? (headerName ?? null) : undefined,
    ...(key !== undefined && { ...keyRing.seal(key, id), keyLastChars: lastCharsOf(key) }),
    // The demo's provider has an address though its kind has one too. A key of its own makes it that kind's.
    ...(key !== undefined && !isCustom && { baseUrl: null, demo: false }),
  };
}

/** Four characters tell long keys apart; of a short one they would be too much of it. */
function lastCharsOf(key: string): string {
  return key.length < 12 ? '' : key.slice(-4);
}

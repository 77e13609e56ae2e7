import { randomUUID } from 'node:crypto';
import type { Prisma } from '#prisma/client.ts';
import { takesEndpoint } from './catalog.ts';
import type { ProviderInput } from './inputs.ts';
import type { KeyRing } from './key-ring.ts';

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

/** Changes a provider and its models. A key that is not given stays. */
export async function updateProvider(
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

function columnsOf(
  keyRing: KeyRing,
  id: string,
  { kind, endpoint, headerName, key, opensManagement, ...limits }: ProviderInput,
) {
  const isCustom = takesEndpoint(kind);
  return {
    opensManagement,
    firstByteTimeoutMs: toMs(limits.firstByteTimeoutSeconds),
    idleTimeoutMs: toMs(limits.idleTimeoutSeconds),
    baseUrl: isCustom ? endpoint : undefined,
    headerName: isCustom ? (headerName ?? null) : undefined,
    ...(key !== undefined && { ...keyRing.seal(key, id), keyLastChars: lastCharsOf(key), keyId: randomUUID() }),
    // The demo's provider has an address though its kind has one too. A key of its own makes it that kind's.
    ...(key !== undefined && !isCustom && { baseUrl: null, demo: false }),
  };
}

function toMs(seconds: number | null | undefined): number | null {
  return seconds == null ? null : seconds * 1_000;
}

/** Four characters tell long keys apart; of a short one they would be too much of it. */
function lastCharsOf(key: string): string {
  return key.length < 12 ? '' : key.slice(-4);
}

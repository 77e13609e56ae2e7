import type { Session } from '#lib/auth/credentials.ts';
import type { Prisma } from '#prisma/client.ts';
import { isProviderKind, PROVIDERS, takesEndpoint } from './catalog.ts';
import type { ProviderRow } from './schema.ts';

/** Never the sealed key: what is not selected cannot leak. */
const providerSelect = {
  id: true,
  kind: true,
  baseUrl: true,
  headerName: true,
  keyLastChars: true,
  keyId: true,
  demo: true,
  opensManagement: true,
  firstByteTimeoutMs: true,
  idleTimeoutMs: true,
  models: { select: { id: true, name: true }, orderBy: { name: 'asc' } },
} satisfies Prisma.ProviderSelect;

/**
 * The providers of a gateway of the session's account, by age; none for any other gateway. One that this version does
 * not know is left out.
 */
export async function listProviders(
  db: Prisma.TransactionClient,
  session: Session,
  gatewayId: string,
): Promise<ProviderRow[]> {
  const rows = await db.provider.findMany({
    where: { gatewayId, gateway: { accountId: session.accountId } },
    select: providerSelect,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.flatMap(({ kind, baseUrl, firstByteTimeoutMs, idleTimeoutMs, ...row }) => {
    if (!isProviderKind(kind)) return [];
    const { label } = PROVIDERS[kind];
    return [
      {
        ...row,
        kind,
        label,
        endpoint: takesEndpoint(kind) ? baseUrl : null,
        firstByteTimeoutSeconds: toSeconds(firstByteTimeoutMs),
        idleTimeoutSeconds: toSeconds(idleTimeoutMs),
      },
    ];
  });
}

function toSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1_000;
}

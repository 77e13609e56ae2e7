import type { Session } from '#lib/auth/credentials.ts';
import { isProviderKind, PROVIDERS } from '#lib/providers/catalog.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';

/** A provider of a gateway and its models, as the console shows them. */
export type ProviderRow = {
  id: string;
  /** First segment of the gateway's paths. */
  kind: string;
  label: string;
  models: { id: string; name: string }[];
};

/** Never the columns of the key: what is not selected cannot leak. */
const providerSelect = {
  id: true,
  kind: true,
  models: { select: { id: true, name: true }, orderBy: { name: 'asc' } },
} satisfies Prisma.ProviderSelect;

/** The providers of a gateway of the session's account, by age; none for any other gateway. */
export async function listProviders(db: PrismaClient, session: Session, gatewayId: string): Promise<ProviderRow[]> {
  const rows = await db.provider.findMany({
    where: { gatewayId, gateway: { accountId: session.accountId } },
    select: providerSelect,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, kind, models }) => ({
    id,
    kind,
    label: isProviderKind(kind) ? PROVIDERS[kind].label : kind,
    models,
  }));
}

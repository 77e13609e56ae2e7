import type { Session } from '#lib/auth/credentials.ts';
import { consoleOrigin } from '#lib/console/console-origin.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { gatewayAddresses } from '#lib/gateways/address.ts';
import { listProviders } from '#lib/providers/queries.ts';
import type { CallableModel } from '../_components/snippet-tabs.tsx';

/** The first model of a gateway, for code that shows how it is called; null where it has none. */
export async function findExample(
  session: Session,
  { id, slug }: { id: string; slug: string },
): Promise<CallableModel | null> {
  const providers = await listProviders(db(), session, id);
  const provider = providers.find(({ models }) => models.length > 0);
  const model = provider?.models[0]?.name;
  if (!provider || !model) return null;
  const addresses = gatewayAddresses(slug, await consoleOrigin(), env().GATEWAY_DOMAIN);
  return { kind: provider.kind, model, addresses };
}

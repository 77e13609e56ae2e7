import type { Session } from '#lib/auth/credentials.ts';
import { consoleOrigin } from '#lib/console/console-origin.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { firstFormOf, gatewayAddresses } from '#lib/gateways/address.ts';
import { listProviders } from '#lib/providers/queries.ts';
import type { TokenReach } from '#lib/tokens/export-tokens.ts';
import type { CallableModel } from '../_components/snippet-tabs.tsx';

type Reach = {
  /** The first model, for code that shows how it is called; null where there is none. */
  example: CallableModel | null;
  reach: TokenReach;
};

/** What a token of a gateway is good for, for those who hand it out. */
export async function findReach(
  session: Session,
  { id, name, slug }: { id: string; name: string; slug: string },
): Promise<Reach> {
  const providers = await listProviders(db(), session, id);
  const addresses = gatewayAddresses(slug, await consoleOrigin(), env().GATEWAY_DOMAIN);
  const models = providers.flatMap(({ kind, models }) => models.map((model) => ({ kind, model: model.name })));
  const [first] = models;
  return {
    example: first ? { ...first, addresses } : null,
    reach: {
      gateway: name,
      baseUrl: `${addresses[firstFormOf(addresses)] ?? addresses.pathForm}/v1`,
      models: models.map(({ kind, model }) => `${kind}/${model}`),
    },
  };
}

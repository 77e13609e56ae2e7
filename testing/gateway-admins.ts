import { inject } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { createGateway } from '#lib/gateways/create-gateway.ts';
import type { ProviderInput } from '#lib/providers/inputs.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { toSeen } from '#lib/providers/merge-providers.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { saveProviders } from '#lib/providers/save-providers.ts';
import { openFixtures, TEST_SECRET } from './fixtures.ts';
import { createTestDatabase } from './test-cluster.ts';

const OPENAI = { kind: 'openai' as const, key: 'sk-planted-key', models: ['gpt-5', 'gpt-5-mini'] };

export type GatewayAdmins = Awaited<ReturnType<typeof openGatewayAdmins>>;

/** A database with the admins of two accounts, who create gateways. */
export async function openGatewayAdmins() {
  const fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  const { db } = fixtures;
  const keyRing = openKeyRing(TEST_SECRET);

  async function addSession(email: string): Promise<Session> {
    const { id: accountId } = await fixtures.addAccount();
    const user = await fixtures.addUser(accountId, email, 'a password');
    return { userId: user.id, accountId, email, sessionVersion: 1 };
  }

  const mine = await addSession('admin@a.example');
  const theirs = await addSession('admin@b.example');
  const create = (name: string, providers: ProviderInput[] = [OPENAI], session = mine) =>
    createGateway(db, keyRing, [], session, { name, authenticated: true, providers });

  return {
    db,
    keyRing,
    mine,
    theirs,
    /** Creates a gateway, of `mine` and with OpenAI unless told otherwise. */
    create,
    /** The same; returns the gateway's id. */
    async createOrFail(name: string, providers?: ProviderInput[], session?: Session): Promise<string> {
      const result = await create(name, providers, session);
      if (!result.ok) throw new Error(result.code);
      return result.gatewayId;
    },
    /** Saves what a page wants that shows what is stored now. */
    async save(gatewayId: string, providers: ProviderInput[], session = mine) {
      const seen = (await listProviders(db, session, gatewayId)).map(toSeen);
      return saveProviders(db, keyRing, [], session, { gatewayId, seen, providers });
    },
    close: () => fixtures.close(),
  };
}

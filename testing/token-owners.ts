import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { createTokens } from '#lib/tokens/create-tokens.ts';
import { openFixtures } from './fixtures.ts';
import { createTestDatabase } from './test-cluster.ts';

/** A user with a gateway, and nothing of anybody else's. */
export type Owner = { session: Session; gatewayId: string };

export type TokenOwners = Awaited<ReturnType<typeof openTokenOwners>>;

/** A database with two accounts that must not get at each other's tokens. */
export async function openTokenOwners() {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  const fixtures = openFixtures(databaseUrl);
  const { db } = fixtures;

  async function addOwner(email: string): Promise<Owner> {
    const { id: accountId } = await fixtures.addAccount();
    const user = await fixtures.addUser(accountId, email, 'correct horse');
    const gateway = await fixtures.addGateway(accountId, 'demo-gateway');
    return { session: { userId: user.id, accountId, email, sessionVersion: 1 }, gatewayId: gateway.id };
  }

  return {
    databaseUrl,
    fixtures,
    db,
    mine: await addOwner('mine@example.com'),
    theirs: await addOwner('theirs@example.com'),
    addTokens: ({ session, gatewayId }: Owner, count: number) =>
      fixtures.addTokens({ accountId: session.accountId, gatewayId }, count),
    create: ({ session, gatewayId }: Owner, names: string[], creationId: string = randomUUID()) =>
      createTokens(db, session, { gatewayId, creationId, names, expiresAt: null }),
    auditOf: (action: string, where: { subjectId?: string; subjectName?: string }) =>
      db.auditEvent.findMany({ where: { action, ...where } }),
    existing: (ids: string[]) => db.authenticationToken.count({ where: { id: { in: ids } } }),
    read: (id: string) => db.authenticationToken.findUniqueOrThrow({ where: { id } }),
    close: () => fixtures.close(),
  };
}

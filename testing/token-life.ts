import { randomUUID } from 'node:crypto';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { openPostgresSource } from '#lib/proxy/access/postgres-source.ts';
import { endPreviousSecret } from '#lib/tokens/end-previous-secret.ts';
import type { Overlap } from '#lib/tokens/inputs.ts';
import { mask } from '#lib/tokens/queries.ts';
import { rotateToken } from '#lib/tokens/rotate-token.ts';
import { hashToken } from '#lib/tokens/secret.ts';
import { TEST_SECRET } from './fixtures.ts';
import { openTokenOwners } from './token-owners.ts';

export type TokenLife = Awaited<ReturnType<typeof openTokenLife>>;

/** The console's side of a token's life beside what the data plane finds of it. */
export async function openTokenLife() {
  const owners = await openTokenOwners();
  const { db, mine } = owners;
  const proxy = openPostgresSource(owners.databaseUrl, openKeyRing(TEST_SECRET), 1);

  /** How lists show the token's secret. */
  async function maskedOf(id: string): Promise<string> {
    const { firstChars, lastChars } = await owners.read(id);
    return mask(firstChars, lastChars);
  }

  return {
    ...owners,
    maskedOf,
    async addOne(owner = mine) {
      const [token] = await owners.addTokens(owner, 1);
      if (!token) throw new Error('one token was added');
      return token;
    },
    /** What the data plane finds by a token; null: it refuses it. */
    look: (token: string) => proxy.findToken(hashToken(token).toString('hex')),
    async rotate(id: string, overlap: Overlap, rotationId: string = randomUUID()) {
      const { gatewayId, session } = mine;
      const result = await rotateToken(db, session, { gatewayId, id, masked: await maskedOf(id), rotationId, overlap });
      if (!result.ok) throw new Error(result.code);
      return result;
    },
    async endPrevious(id: string, owner = mine) {
      const { previousFirstChars, previousLastChars } = await owners.read(id);
      const masked = mask(previousFirstChars ?? '', previousLastChars ?? '');
      return endPreviousSecret(db, owner.session, { gatewayId: mine.gatewayId, id, masked });
    },
    async close() {
      await proxy.close();
      await owners.close();
    },
  };
}

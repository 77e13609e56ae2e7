import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import type { ChosenTokens, MatchingTokens } from './inputs.ts';
import { filtered, matching } from './matching.ts';

/** More than these are counted and not named. */
const MOST_NAMED = 20;

/** What a deletion is about to take. */
export type DeletionPreview = {
  /** Of those that were named, how many are there. */
  tokens: number;
  /** When they were counted, ISO 8601: what `deleteMatchingTokens` wants. */
  asOf: string;
  /** Those with a call in the last hour: the number, and the names of the latest. */
  usedLastHour: { tokens: number; latest: { id: string; name: string; lastUsedAt: string }[] };
};

const previewSchema = z.tuple([z.object({ tokens: z.int(), used: z.int(), as_of: z.date() })]);
const latestSchema = z.array(z.object({ id: z.uuid(), name: z.string(), last_used_at: z.date() }));

/** What deleting these tokens would break, as far as it is known. */
export function previewDeletion(db: PrismaClient, session: Session, { gatewayId, ids }: ChosenTokens) {
  const none = { q: '', status: '', unused: '' } as const;
  return preview(db, Prisma.sql`${filtered(session, gatewayId, none)} AND id = ANY(${ids}::uuid[])`);
}

/** The same for all that match. It counts every one, so with a million it takes a while. */
export function previewMatching(db: PrismaClient, session: Session, chosen: Omit<MatchingTokens, 'asOf'>) {
  return preview(db, matching(session, { ...chosen, asOf: new Date() }));
}

async function preview(db: PrismaClient, chosen: Prisma.Sql): Promise<DeletionPreview> {
  const recently = Prisma.sql`last_used_at > now() - interval '1 hour'`;
  const counted = await db.$queryRaw`
    SELECT count(*)::int AS tokens, count(*) FILTER (WHERE ${recently})::int AS used, now() AS as_of ${chosen}`;
  const [{ tokens, used, as_of }] = previewSchema.parse(counted);
  const found = await db.$queryRaw`
    SELECT id, name, last_used_at ${chosen} AND ${recently} ORDER BY last_used_at DESC LIMIT ${MOST_NAMED}`;
  const latest = latestSchema
    .parse(found)
    .map(({ id, name, last_used_at }) => ({ id, name, lastUsedAt: last_used_at.toISOString() }));
  return { tokens, asOf: as_of.toISOString(), usedLastHour: { tokens: used, latest } };
}

import { request } from 'undici';
import type { Stage } from '../stage.ts';
import type { Change } from './admins.ts';
import type { Freeze } from './freezes.ts';

/** Until whatever a freeze has held up is over. */
const AFTERMATH_MS = 12_000;

/**
 * What became of a change, in words: what was answered, and what is there. Those that break a promise begin with `!`.
 *
 * @param frozenOrigin of the console that was held.
 */
export async function reckon(
  stage: Stage,
  change: Change,
  freezes: readonly Freeze[],
  frozenOrigin: string,
): Promise<string> {
  const happened = change.kind === 'sign-out' ? await hasSignedOut(stage, change) : await hasChanged(stage, change);
  if (happened === null) return '! row, audit and proxy do not agree';
  if (change.answer === 'done' && !happened) return '! said to be done, and is not';
  if (change.answer === 'not done' && happened) return '! said not to be done, and is';
  if (change.answer === 'done') return 'done';
  const within = freezes.filter(({ from, to }) => from <= change.answeredAt && change.sentAt <= to + AFTERMATH_MS);
  const isExplained = within.some(({ what }) => what === 'database' || change.console === frozenOrigin);
  return `${isExplained ? '' : '! without cause: '}${change.answer}, ${happened ? 'is done' : 'is not done'}`;
}

/** Whether the user's old cookie opens nothing any more. Null: it and the audit log contradict each other. */
async function hasSignedOut({ fixtures }: Stage, { client, cookies, subject }: Change): Promise<boolean | null> {
  // The answer has taken them away, which is not what ends a session.
  for (const [name, value] of cookies) client?.cookies.set(name, value);
  const status = (await client?.ask('/api/session'))?.status;
  const recorded = await fixtures.db.auditEvent.count({ where: { action: 'user.signed_out', subjectName: subject } });
  if (status === 401 && recorded === 1) return true;
  return status === 204 && recorded === 0 ? false : null;
}

/** Null: what says so contradict each other. */
async function hasChanged({ fixtures, proxy, path, gatewayId }: Stage, change: Change): Promise<boolean | null> {
  const { kind, subject, secret } = change;
  const { db } = fixtures;
  const isThere = (await db.authenticationToken.count({ where: { gatewayId, name: subject } })) === 1;
  const action = kind === 'creation' ? 'token.created' : 'token.deleted';
  const recorded = await db.auditEvent.count({ where: { action, subjectName: subject } });
  const happened = isThere === (kind === 'creation');
  if (recorded !== (happened ? 1 : 0)) return null;
  if (secret === null) return happened;
  const { statusCode, body } = await request(proxy.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
  });
  await body.dump();
  return statusCode === (isThere ? 200 : 401) ? happened : null;
}

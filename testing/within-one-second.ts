import { setTimeout as delay } from 'node:timers/promises';

/** What `event` resolves with. @throws when it takes longer. */
export function withinOneSecond(event: Promise<unknown> | undefined): Promise<unknown> {
  return Promise.race([event, delay(1_000).then(() => Promise.reject(new Error('not within a second')))]);
}

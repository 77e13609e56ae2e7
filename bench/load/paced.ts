import { setTimeout as sleep } from 'node:timers/promises';
import { ClientConnection } from './client-connection.ts';
import { assertAsExpected, type JobOf, type Outcomes, type Target } from './job.ts';
import { quantile } from './quantile.ts';

/** More calls at once than this mean that the rate is beyond what the target can do. */
const MAX_CONNECTIONS = 500;

/**
 * Sends calls when they are due, each on a connection that is free or new. Times count from when a call was due, if it
 * was not sent before. */
export async function runPaced({ targets, count, perSecond }: JobOf<'paced'>): Promise<Outcomes['paced']> {
  const free: ClientConnection[] = [];
  const all: ClientConnection[] = [];
  const firstBytesUs: number[] = [];
  const calls: Promise<void>[] = [];
  let failure: Error | null = null;
  const startedAt = performance.now();

  const takeConnection = (origin: string): ClientConnection => {
    const known = free.pop();
    if (known) return known;
    if (all.length === MAX_CONNECTIONS) throw new Error(`${origin} does not keep up with ${perSecond} calls a second`);
    const made = new ClientConnection(origin);
    all.push(made);
    return made;
  };
  const call = async (target: Target, dueAt: number) => {
    const connection = takeConnection(target.origin);
    const sinceUs = Math.min(dueAt, performance.now()) * 1_000;
    firstBytesUs.push((await timeFirstByte(connection, target)) - sinceUs);
    free.push(connection);
  };
  const noteFailure = (error: Error) => {
    failure ??= error;
  };
  try {
    for (let i = 0; i < count; i++) {
      const dueAt = startedAt + (i * 1_000) / perSecond;
      const waitMs = dueAt - performance.now();
      if (waitMs >= 1) await sleep(waitMs);
      const target = targets[i % targets.length];
      if (failure) break;
      if (target) calls.push(call(target, dueAt).catch(noteFailure));
    }
    await Promise.all(calls);
    if (failure) throw failure;
  } finally {
    for (const connection of all) connection.close();
  }
  return { firstByteP50Us: quantile(firstBytesUs, 0.5), firstByteP99Us: quantile(firstBytesUs, 0.99) };
}

/** Makes one call; resolves at its end to when its first byte came, in microseconds of `performance.now()`. */
export function timeFirstByte(connection: ClientConnection, target: Target): Promise<number> {
  return new Promise((resolve, reject) => {
    let firstByteAt = 0;
    connection.send(target.requests[0] ?? '', {
      onRead() {
        firstByteAt ||= performance.now();
      },
      onEnd(status, bodyBytes) {
        assertAsExpected(target, status, bodyBytes);
        resolve(firstByteAt * 1_000);
      },
      onFailure: reject,
    });
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { ClientConnection } from './client-connection.ts';
import type { JobOf, Outcomes } from './job.ts';
import { timeFirstByte } from './paced.ts';
import { quantile } from './quantile.ts';

/** Calls one target after another, so that what disturbs the machine disturbs all alike, and nothing runs meanwhile. */
export async function runFirstByte({ targets, count, gapMs }: JobOf<'first-byte'>): Promise<Outcomes['first-byte']> {
  const lanes = targets.map((target) => {
    const timesUs: number[] = [];
    return { target, connection: new ClientConnection(target.origin), timesUs };
  });
  try {
    // The first call of each also pays for its connection.
    for (const { connection, target } of lanes) await timeFirstByte(connection, target);
    for (let i = 0; i < count; i++) {
      for (const { connection, target, timesUs } of lanes) {
        await sleep(gapMs);
        const sentAtUs = performance.now() * 1_000;
        timesUs.push((await timeFirstByte(connection, target)) - sentAtUs);
      }
    }
  } finally {
    for (const { connection } of lanes) connection.close();
  }
  return {
    p50Us: lanes.map(({ timesUs }) => quantile(timesUs, 0.5)),
    p99Us: lanes.map(({ timesUs }) => quantile(timesUs, 0.99)),
  };
}

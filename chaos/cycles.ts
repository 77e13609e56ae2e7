import { Client } from 'undici';
import type { Stage } from './stage.ts';

/** What many lives of a token showed. */
export type CyclesReport = {
  cycles: number;
  calls: number;
  /** Calls with a good token that were not answered: none, unless something is wrong. */
  refusedTooEarly: number;
  /** Calls that were sent after the receipt and let in: none. */
  acceptedAfterReceipt: number;
  /** From the commit until the last worker had confirmed, in ms, sorted. */
  receiptsMs: number[];
};

/**
 * Creates a token, uses it on every connection, deletes it as the console does, and uses it again on every connection,
 * `cycles` times over.
 *
 * @param connections so many that each worker gets some.
 */
export async function runCycles(stage: Stage, cycles: number, connections: number): Promise<CyclesReport> {
  // Each keeps its connection, and so its worker.
  const clients = Array.from({ length: connections }, () => new Client(stage.proxy.origin));
  const useEverywhere = (token: string) => Promise.all(clients.map((client) => statusOf(client, stage.path, token)));
  const report: CyclesReport = { cycles, calls: 0, refusedTooEarly: 0, acceptedAfterReceipt: 0, receiptsMs: [] };
  await stage.untilTrusted();
  for (let i = 0; i < cycles; i++) {
    const { id, token } = await stage.addToken();
    const before = await useEverywhere(token);
    const deleted = await stage.deleteToken(id);
    const after = await useEverywhere(token);
    if (!deleted.ok || !deleted.receipt.complete) throw new Error('a deletion was not confirmed');
    report.calls += before.length + after.length;
    report.refusedTooEarly += before.filter((status) => status !== 200).length;
    report.acceptedAfterReceipt += after.filter((status) => status !== 401).length;
    report.receiptsMs.push(deleted.receipt.milliseconds);
  }
  report.receiptsMs.sort((a, b) => a - b);
  await Promise.all(clients.map((client) => client.destroy()));
  return report;
}

async function statusOf(client: Client, path: string, token: string): Promise<number> {
  const { statusCode, body } = await client.request({
    path,
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  await body.dump();
  return statusCode;
}

import { expect } from 'vitest';
import { z } from 'zod';
import type { RunningProcess } from './processes.ts';

const lineSchema = z.looseObject({ msg: z.string(), id: z.string().optional() });

/** The lines of a log about calls. */
export function callsIn(log: string) {
  const lines = log
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return lines.map((line) => lineSchema.parse(JSON.parse(line))).filter(({ msg }) => msg === 'call');
}

/** The line about the call whose answer this is; there is one and no more. */
export async function waitForCallLine(server: RunningProcess, { headers }: { headers: Record<string, unknown> }) {
  const id = headers['x-latchkey-request-id'];
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const lines = () => callsIn(server.log()).filter((line) => line.id === id);
  await expect.poll(lines).toHaveLength(1);
  return lines()[0];
}

import { expect } from 'vitest';
import { z } from 'zod';

const lineSchema = z.looseObject({ level: z.number(), time: z.iso.datetime(), msg: z.string() });

export type LogLine = z.infer<typeof lineSchema>;

/** All that a process wrote, which is lines of the log and nothing else, with nothing in them that a terminal obeys. */
export function parseLog(log: string): LogLine[] {
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
      return lineSchema.parse(JSON.parse(line));
    });
}

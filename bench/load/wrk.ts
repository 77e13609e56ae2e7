import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { JobOf, Outcomes, Target } from './job.ts';

/** A response's head is below it: wrk counts bytes of head and body together. */
const MAX_HEAD_BYTES = 2_048;

/** It ends by itself; should it not, it is ended. */
const GRACE_MS = 20_000;

const summary = z.object({
  requests: z.number(),
  bytes: z.number(),
  durationUs: z.number(),
  p50Us: z.number(),
  p99Us: z.number(),
  statusErrors: z.number(),
  otherErrors: z.number(),
});

/**
 * Runs wrk, which costs less CPU than a generator in Node.
 *
 * @param program where wrk is.
 * @param workDir for its script.
 * @throws when a status, the bytes or a connection were not as they must be.
 */
export async function runWrk(
  program: string,
  job: JobOf<'closed-loop'>,
  workDir: string,
): Promise<Outcomes['closed-loop']> {
  const { target, connections, durationMs } = job;
  const script = path.join(workDir, 'wrk.lua');
  await writeFile(script, writeScript(target.requests));
  const seconds = Math.ceil(durationMs / 1_000);
  const load = ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--timeout=10s'];
  const { stdout } = await promisify(execFile)(program, [...load, `--script=${script}`, target.origin], {
    timeout: durationMs + GRACE_MS,
  });
  const result = summary.parse(JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? '{}'));
  assertSound(result, target, connections);
  return {
    requests: result.requests,
    seconds: result.durationUs / 1_000_000,
    latencyP50Us: result.p50Us,
    latencyP99Us: result.p99Us,
  };
}

function assertSound(result: z.infer<typeof summary>, target: Target, connections: number): void {
  const { requests, bytes, statusErrors, otherErrors } = result;
  // wrk counts each status of 400 and above as an error.
  const wantedErrors = target.status < 400 ? 0 : requests;
  const least = requests * target.bodyBytes;
  const most = (requests + connections) * (target.bodyBytes + MAX_HEAD_BYTES);
  if (requests > 0 && statusErrors === wantedErrors && otherErrors === 0 && bytes >= least && bytes <= most) return;
  throw new Error(`wrk against ${target.origin}: ${JSON.stringify({ ...result, least, most, wantedErrors })}`);
}

/** What wrk sends is what is given, byte by byte; of the responses only counts are kept. */
function writeScript(requests: readonly string[]): string {
  const [only = ''] = requests;
  const sending =
    requests.length === 1
      ? `wrk.format = function() return ${luaString(only)} end`
      : `local requests, sent = {${requests.map(luaString).join(',')}}, 0
         request = function() sent = sent + 1; return requests[sent % ${requests.length} + 1] end`;
  return `${sending}
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"bytes":%d,"durationUs":%d,"p50Us":%d,"p99Us":%d,"statusErrors":%d,"otherErrors":%d}\\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99),
    e.status, e.connect + e.read + e.write + e.timeout))
end
`;
}

/** Requests are ASCII, whose JSON form is also Lua's. */
function luaString(text: string): string {
  return JSON.stringify(text);
}

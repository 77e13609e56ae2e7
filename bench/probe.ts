import { request } from 'undici';
import { z } from 'zod';
import type { RunningContestant } from './contestant.ts';
import type { Target } from './load/job.ts';
import { ANSWER_TEXT, CHUNK_MARK, CHUNKS_PER_STREAM, LARGE_BODY, SMALL_BODY, STREAM_BODY } from './wire/payloads.ts';
import { CLIENT_HEADERS, writeRequest } from './wire/request-text.ts';

/** A call that a contestant answered as it should, and the like of it, to be sent many times. */
export type Targets = {
  small: Target;
  large: Target;
  stream: Target;
  /** Null when the contestant knows no tokens. */
  unknown: Target | null;
  wrongChecksum: Target | null;
};

/** So many that a contestant gains little from having seen one before. */
const BAD_TOKENS = 5_000;

const PROBE_LIMIT_MS = 20_000;

const completion = z.object({ choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })]) });

type Headers = Record<string, string>;

/**
 * Makes each kind of call once and looks at the whole response. From then on, under load, status and length must be
 * what they were here.
 *
 * @throws when a response is not what the upstream sends, or a bad token is not refused with 401.
 */
export async function probe(contestant: RunningContestant): Promise<Targets> {
  const valid = contestant.headers('valid');
  if (!valid) throw new Error(`${contestant.origin} takes no calls`);
  return {
    small: await probeCall(contestant, [valid], SMALL_BODY, isAnswer),
    large: await probeCall(contestant, [valid], LARGE_BODY, isAnswer),
    stream: await probeCall(contestant, [valid], STREAM_BODY, isStream),
    unknown: await probeRefusal(contestant, 'unknown'),
    wrongChecksum: await probeRefusal(contestant, 'wrong-checksum'),
  };
}

async function probeRefusal(contestant: RunningContestant, kind: 'unknown' | 'wrong-checksum'): Promise<Target | null> {
  if (!contestant.headers(kind)) return null;
  const flood = Array.from({ length: BAD_TOKENS }, () => contestant.headers(kind) ?? {});
  return probeCall(contestant, flood, SMALL_BODY, (status) => status === 401);
}

async function probeCall(
  { origin, path }: RunningContestant,
  headers: Headers[],
  body: string,
  isRight: (status: number, text: string) => boolean,
): Promise<Target> {
  const sent = { ...CLIENT_HEADERS, ...headers[0] };
  const response = await request(origin + path, {
    method: 'POST',
    headers: sent,
    body,
    headersTimeout: PROBE_LIMIT_MS,
  });
  const text = await response.body.text();
  if (!isRight(response.statusCode, text)) {
    throw new Error(`${origin} answered a probe with ${response.statusCode}: ${text.slice(0, 300)}`);
  }
  const requests = headers.map((each) => writeRequest({ origin, path, headers: each, body }));
  return { origin, requests, status: response.statusCode, bodyBytes: text.length };
}

function isAnswer(status: number, text: string): boolean {
  return status === 200 && completion.parse(JSON.parse(text)).choices[0].message.content === ANSWER_TEXT;
}

function isStream(status: number, text: string): boolean {
  return status === 200 && text.split(CHUNK_MARK).length - 1 === CHUNKS_PER_STREAM && text.includes('data: [DONE]');
}

import { Agent } from 'undici';
import type { LiveToken, LiveTokens } from './live-tokens.ts';
import type { Stage } from './stage.ts';
import { type Behaviour, FAULTY, SOUND } from './upstream.ts';

/** A stalled answer is left after this. */
const PATIENCE_MS = 6_000;
const FAULTY_SHARE = 0.15;

/** One call, as its client saw it. */
export type Call = {
  behaviour: Behaviour;
  live: LiveToken;
  sentAt: number;
  endedAt: number;
  /** Null: no answer began. */
  status: number | null;
  /** Whether the answer came to its end. */
  whole: boolean;
  error: string;
};

/** Makes calls one after another, on a connection of its own or one that others use too. */
export async function makeCalls(stage: Stage, tokens: LiveTokens, until: number, onCall: (call: Call) => void) {
  while (performance.now() < until) {
    // Some clients keep their connections, others open new ones.
    const agent = new Agent({ connections: 1 });
    for (let i = 0; i < 10 && performance.now() < until; i++) {
      const live = tokens.pick();
      if (live) onCall(await makeCall(agent, stage, live));
    }
    await agent.destroy();
  }
}

async function makeCall(agent: Agent, stage: Stage, live: LiveToken): Promise<Call> {
  const behaviours = Math.random() < FAULTY_SHARE ? FAULTY : SOUND;
  const behaviour = behaviours[Math.floor(Math.random() * behaviours.length)] ?? 'json';
  const call: Call = { behaviour, live, sentAt: performance.now(), endedAt: 0, status: null, whole: false, error: '' };
  try {
    const { statusCode, body } = await agent.request({
      origin: stage.proxy.origin,
      path: stage.path,
      method: 'POST',
      headers: { authorization: `Bearer ${live.token}`, 'x-chaos': behaviour },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    call.status = statusCode;
    for await (const _ of body);
    call.whole = true;
  } catch (error) {
    call.error = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown';
  }
  call.endedAt = performance.now();
  return call;
}

import { describe, expect, test } from 'vitest';
import { grantedWith, type ServedCall, serve, token } from '#testing/served-call.ts';
import type { Access } from './access/store.ts';

/** A call during which the worker sleeps where it says `sleep`: when it goes on, its lease has run out. */
type Waiting = (sleep: () => Promise<void>) => ServedCall;

const json = (body: string) => [
  'authorization',
  `Bearer ${token}`,
  'content-type',
  'application/json',
  'content-length',
  String(body.length),
];
const MAKER = { providerId: 'p', tokenId: 't' };
const openai = grantedWith({ kind: 'openai' });

function bodyOf(first: string, rest: string, sleep: () => Promise<void>): Partial<ServedCall> {
  async function* comes() {
    yield first;
    await sleep();
    yield rest;
  }
  return { lines: json(first + rest), body: comes() };
}

const WAITS: [string, Waiting][] = [
  ['its body', (sleep) => bodyOf('{"model":', '"m"}', sleep)],
  ['a body that names the model', (sleep) => ({ path: '/v1/x', ...bodyOf('{"model":', '"deepseek/m"}', sleep) })],
  [
    'the look at whose object its address names',
    (sleep) => ({
      access: openai,
      method: 'GET',
      path: '/openai/v1/responses/resp_1',
      objects: { find: () => sleep().then(() => MAKER) },
    }),
  ],
  [
    'the look at whose object its body names',
    (sleep) => ({
      access: openai,
      path: '/openai/m/v1/responses',
      lines: json('{"previous_response_id":"resp_1"}'),
      body: '{"previous_response_id":"resp_1"}',
      objects: { find: () => sleep().then(() => MAKER) },
    }),
  ],
  ['a connection', (sleep) => ({ connect: sleep })],
  ['a connection, with a body', (sleep) => ({ lines: json('{"model":"m"}'), body: '{"model":"m"}', connect: sleep })],
];

const GOOD: Access = grantedWith({});

/** Serves a call that falls asleep once, and when awake finds `answers` in the store, one after the other. */
async function serveAsleep(waiting: Waiting, answers: (() => Access | Promise<Access>)[], wakesTrusted = false) {
  const state = { trusted: true, lapses: 0, asked: 0 };
  const sleep = async () => {
    if (state.asked > 1) return;
    state.trusted = wakesTrusted;
    // What a renewal notices that came before the call went on.
    if (wakesTrusted) state.lapses = 1;
  };
  const options = waiting(sleep);
  const first = options.access ?? GOOD;
  const { served, sent, answered } = serve({
    ...options,
    trust: {
      isTrusted: () => state.trusted,
      get lapses() {
        return state.lapses;
      },
    },
    store: {
      findAccess() {
        if (state.asked++ === 0) return first;
        return Promise.resolve().then(answers[state.asked - 2] ?? answers.at(-1) ?? deny);
      },
    },
  });
  await served;
  return { sent, answered, asked: state.asked };
}

const deny = (): Access => ({ kind: 'token_refused' });
const away = () => Promise.reject(new Error('connection terminated'));

describe.each([
  ['has run out', false],
  ['ran out and was renewed', true],
])('while its lease %s, a call waited for', (_how, wakesTrusted) => {
  test.each(WAITS)('%s: it is refused with 401 where its token was deleted meanwhile', async (_what, waiting) => {
    const { sent, answered } = await serveAsleep(waiting, [deny], wakesTrusted);
    expect(answered).toMatchObject([{ status: 401, code: 'invalid_authentication_token' }]);
    expect(sent).toEqual([]);
  });

  test.each(WAITS)('%s: it gets 503 where that cannot be known', async (_what, waiting) => {
    const { sent, answered } = await serveAsleep(waiting, [away], wakesTrusted);
    expect(answered).toMatchObject([{ status: 503, code: 'authentication_unavailable' }]);
    expect(sent).toEqual([]);
  });

  test.each(WAITS)('%s: it goes on, once, where its token is good', async (_what, waiting) => {
    const { sent, answered } = await serveAsleep(waiting, [() => waiting(async () => {}).access ?? GOOD], wakesTrusted);
    expect(answered).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

test('a call whose token was looked up before the worker slept is looked up again', async () => {
  const state = { trusted: true, asked: 0 };
  const { served, sent, answered } = serve({
    trust: { isTrusted: () => state.trusted, lapses: 0 },
    store: {
      async findAccess() {
        const isFirst = state.asked++ === 0;
        await null;
        state.trusted = false;
        return isFirst ? GOOD : deny();
      },
    },
  });
  await served;
  expect(answered).toMatchObject([{ status: 401 }]);
  expect(sent).toEqual([]);
});

test('a gateway of the same name that was made meanwhile is another one', async () => {
  const other = (): Access => ({ ...GOOD, gatewayId: 'other' }) as Access;
  const { sent, answered } = await serveAsleep((sleep) => bodyOf('{"model":', '"m"}', sleep), [other]);
  expect(answered).toMatchObject([{ status: 401 }]);
  expect(sent).toEqual([]);
});

test('a lease that is lost at each look is not looked at for ever', async () => {
  let lapses = 0;
  const { served, sent, answered } = serve({
    trust: {
      isTrusted: () => true,
      get lapses() {
        return lapses++;
      },
    },
  });
  await served;
  expect(answered).toMatchObject([{ status: 503, code: 'authentication_unavailable' }]);
  expect(sent).toEqual([]);
});

test('without a lease the database is asked once for a call that does not wait', async () => {
  let asked = 0;
  const { served, sent } = serve({
    trust: { isTrusted: () => false, lapses: 0 },
    store: {
      async findAccess() {
        asked += 1;
        return GOOD;
      },
    },
  });
  await served;
  expect(sent).toHaveLength(1);
  expect(asked).toBe(1);
});

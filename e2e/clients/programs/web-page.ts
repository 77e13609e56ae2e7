import { ANSWER, gateway, runCases, token } from './cases-in-page.ts';
import { expectEqual } from './expect-equal.ts';

const body = JSON.stringify({ model: 'openai/gpt-5', messages: [{ role: 'user', content: 'Hello' }] });

const chat = (bearer: string) =>
  fetch(`${gateway}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body,
  });

await runCases({
  async 'fetch of a chat'() {
    const response = await chat(token);
    expectEqual((await response.json()).choices[0].message.content, ANSWER);
    expectEqual(typeof response.headers.get('x-latchkey-request-id'), 'string');
  },
  async 'a refusal can be read'() {
    const response = await chat('lk_unknown');
    expectEqual([response.status, (await response.json()).error.code], [401, 'invalid_authentication_token']);
    expectEqual(response.headers.get('x-latchkey-error'), 'invalid_authentication_token');
  },
});

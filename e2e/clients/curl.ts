import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type Client, judge, type Outcome, type Place } from './client.ts';
import { ANSWER } from './provider.ts';

const CHAT = { model: 'openai/gpt-5', messages: [{ role: 'user', content: 'Hello' }] };
const JSON_TYPE = ['-H', 'content-type: application/json'];
const MODEL = ['-F', 'model=openai/whisper-1'];
const FILE = ['-F', 'file=@speech.mp3'];
const UPGRADE = ['connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
// RFC 6455 §1.3: its example.
const UPGRADE_KEY = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==';

/** What follows the gateway's address, curl's arguments, and what the answer's head and body must hold. */
type Case = { what: string; path: string; args: string[]; holds: string };

const chat = (args: string[], holds = ANSWER) => ({
  path: '/v1/chat/completions',
  args: [...JSON_TYPE, ...args],
  holds,
});
const upload = (args: string[], holds = ANSWER) => ({ path: '/v1/audio/transcriptions', args, holds });

const CASES: Case[] = [
  { what: 'chat', ...chat(['-d', JSON.stringify(CHAT)]) },
  { what: 'chat, streamed', ...chat(['-N', '-d', JSON.stringify({ ...CHAT, stream: true })], 'data: [DONE]') },
  // curl waits for "100 Continue" before a body of more than a megabyte.
  { what: 'chat of 2 MB', ...chat(['-d', '@large.json']) },
  { what: 'chat, gzip', ...chat(['-H', 'content-encoding: gzip', '--data-binary', '@chat.json.gz']) },
  { what: 'chat, compressed answer wanted', ...chat(['--compressed', '-d', JSON.stringify(CHAT)]) },
  // RFC 9110 §7.8: an offer of another protocol may be ignored, and HTTP/2 is no WebSocket.
  { what: 'chat, HTTP/2 offered', ...chat(['--http2', '-d', JSON.stringify(CHAT)]) },
  { what: 'upload', ...upload([...MODEL, ...FILE]) },
  { what: 'upload, file first', ...upload([...FILE, ...MODEL]) },
  { what: 'upload in chunks', ...upload(['-H', 'transfer-encoding: chunked', ...MODEL, ...FILE]) },
  { what: 'upload, typed field', ...upload(['-F', 'model=openai/whisper-1;type=text/plain', ...FILE]) },
  { what: 'upload, 8bit field', ...upload(['-F', 'model=openai/whisper-1;encoder=8bit', ...FILE]) },
  { what: 'upload, binary file', ...upload([...MODEL, '-F', 'file=@speech.mp3;encoder=binary']) },
  { what: 'upload, file name beyond ASCII', ...upload([...MODEL, '-F', 'file=@speech.mp3;filename=tiếng nói.mp3']) },
  // What could be read in two ways.
  {
    what: 'upload, model in base64, is refused',
    ...upload(['-F', 'model=openai/whisper-1;encoder=base64', ...FILE], 'HTTP/1.1 400'),
  },
  { what: 'model list', path: '/v1/models', args: [], holds: '"openai/gpt-5"' },
  { what: 'model list, head only', path: '/v1/models', args: ['--head'], holds: 'HTTP/1.1 200' },
  { what: 'model retrieve', path: '/v1/models/openai%2Fgpt-5', args: [], holds: '"id":"openai/gpt-5"' },
  { what: 'model retrieve, slash as it is', path: '/v1/models/openai/gpt-5', args: [], holds: '"id":"openai/gpt-5"' },
  { what: 'model retrieve, head only', path: '/v1/models/openai%2Fgpt-5', args: ['--head'], holds: 'HTTP/1.1 200' },
  {
    what: 'WebSocket is told to use HTTP',
    path: '/v1/responses',
    args: [...UPGRADE, UPGRADE_KEY].flatMap((line) => ['-H', line]),
    holds: 'HTTP/1.1 426',
  },
];

export const curl: Client = {
  name: 'curl',
  missing: () => (spawnSync('curl', ['--version']).error ? 'curl' : null),
  async *drive(place) {
    await writeFile(`${place.home}/speech.mp3`, Buffer.alloc(200_000, 1));
    await writeFile(`${place.home}/large.json`, JSON.stringify({ ...CHAT, user: 'u'.repeat(2_000_000) }));
    await writeFile(`${place.home}/chat.json.gz`, gzipSync(JSON.stringify(CHAT)));
    for (const one of CASES) yield await call(place, one);
  },
};

function call({ gateway, token, run }: Place, { what, path, args, holds }: Case): Promise<Outcome> {
  return judge(what, async () => {
    const shared = ['--silent', '--show-error', '--include', '-H', `authorization: Bearer ${token}`];
    const { code, stdout, stderr } = await run({ command: 'curl', args: [...shared, ...args, gateway + path] });
    if (code !== 0 || !stdout.includes(holds))
      throw new Error(`exit ${code}, no ${holds}: ${(stdout + stderr).trim()}`);
  });
}

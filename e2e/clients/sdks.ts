import path from 'node:path';
import type { Client, Outcome, Place } from './client.ts';
import { missingIn, PYTHON } from './installed.ts';
import { ANSWER } from './provider.ts';

const PROGRAMS = path.join(import.meta.dirname, 'programs');

/** The official SDKs: each has a program that calls everything, and writes a JSON line for each case. */
export const SDKS: Client[] = [
  inNode('OpenAI SDK, Node', 'openai.ts'),
  inPython('OpenAI SDK, Python', 'openai_sdk.py'),
  inNode('Anthropic SDK, Node', 'anthropic.ts'),
  inPython('Anthropic SDK, Python', 'anthropic_sdk.py'),
  inNode('Google SDK, Node', 'google.ts'),
  inPython('Google SDK, Python', 'google_sdk.py'),
];

function inNode(name: string, file: string): Client {
  const args = ['--disable-warning=ExperimentalWarning', path.join(PROGRAMS, file)];
  return { name, missing: () => null, drive: (place) => driveProgram(place, process.execPath, args) };
}

function inPython(name: string, file: string): Client {
  // Python would leave its compiled files in the repository.
  const args = ['-B', path.join(PROGRAMS, file)];
  return { name, missing: () => missingIn(PYTHON), drive: (place) => driveProgram(place, PYTHON, args) };
}

async function* driveProgram(place: Place, command: string, args: string[]): AsyncIterable<Outcome> {
  const { gateway, token } = place;
  const env = { GATEWAY: gateway, LATCHKEY_TOKEN: token, ANSWER };
  const { code, stdout, stderr } = await place.run({ command, args, env });
  for (const line of stdout.split('\n').filter(Boolean)) yield JSON.parse(line);
  if (code === 0) return;
  yield { what: 'runs to its end', failure: `exit ${code}: ${stderr.trim().slice(-400)}`, endedAt: Date.now() };
}

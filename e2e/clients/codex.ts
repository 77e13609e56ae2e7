import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Client, expectAnswer, judge, type Outcome, type Place } from './client.ts';
import { CODEX, missingIn } from './installed.ts';
import { ANSWER } from './provider.ts';

export const codex: Client = {
  name: 'Codex CLI',
  missing: () => missingIn(CODEX),
  async *drive(place) {
    const all = `${place.gateway}/v1`;
    const one = `${place.gateway}/openai/gpt-5`;
    yield await ask(place, 'own provider', 'openai/gpt-5', ownProvider(all));
    yield await ask(place, 'own provider, base URL of one model', 'gpt-5', ownProvider(one));
    yield await ask(
      place,
      'own provider, WebSocket first',
      'openai/gpt-5',
      ownProvider(all, 'supports_websockets = true'),
    );
    yield await ask(place, 'built-in provider', 'openai/gpt-5', builtInProvider(all));
    yield await ask(place, 'built-in provider, base URL of one model', 'gpt-5', builtInProvider(one));
  },
};

/** The gateway as a provider that its user adds. */
function ownProvider(baseUrl: string, setting = ''): string {
  return `model_provider = "latchkey"
[model_providers.latchkey]
name = "Latchkey"
base_url = "${baseUrl}"
env_key = "CODEX_API_KEY"
wire_api = "responses"
${setting}
`;
}

/** The provider that Codex comes with, at another address: it tries a WebSocket first. */
function builtInProvider(baseUrl: string): string {
  return `openai_base_url = "${baseUrl}"\n`;
}

/** One prompt, with a configuration of its own. */
async function ask(place: Place, what: string, model: string, provider: string): Promise<Outcome> {
  const home = path.join(place.home, 'codex');
  const work = path.join(home, 'work');
  await mkdir(work, { recursive: true });
  await writeFile(path.join(home, 'config.toml'), `model = "${model}"\n${provider}[analytics]\nenabled = false\n`);
  return judge(what, async () => {
    const args = ['exec', '--skip-git-repo-check', '-C', work, 'Say hello'];
    const env = { CODEX_HOME: home, CODEX_API_KEY: place.token };
    // The script that npm puts there wants Node.
    const ended = await place.run({ command: process.execPath, args: [CODEX, ...args], env });
    expectAnswer(ended, ANSWER);
    const upgrades = place.seen().filter(({ method }) => method === 'GET').length;
    // Each takes a second or more; an answer that it understands makes it fall back after the first.
    if (upgrades > 1) throw new Error(`asked ${upgrades} times for a WebSocket before it used HTTP`);
  });
}

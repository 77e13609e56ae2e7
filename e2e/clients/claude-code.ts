import { type Client, expectAnswer, judge, type Outcome, type Place } from './client.ts';
import { CLAUDE_CODE, missingIn } from './installed.ts';
import { ANSWER } from './provider.ts';

const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_AUTOUPDATER: '1',
};

export const claudeCode: Client = {
  name: 'Claude Code',
  missing: () => missingIn(CLAUDE_CODE),
  async *drive(place) {
    const { gateway, token } = place;
    const model = 'anthropic/claude-sonnet-5-5';
    const one = { ANTHROPIC_BASE_URL: `${gateway}/${model}`, ANTHROPIC_AUTH_TOKEN: token };
    yield await ask(place, 'bearer', model, { ANTHROPIC_BASE_URL: gateway, ANTHROPIC_AUTH_TOKEN: token });
    yield await ask(place, 'API key', model, { ANTHROPIC_BASE_URL: gateway, ANTHROPIC_API_KEY: token });
    yield await ask(place, 'base URL of one model', 'claude-sonnet-5-5', one);
    yield await ask(place, 'asks which models there are', model, {
      ANTHROPIC_BASE_URL: gateway,
      ANTHROPIC_AUTH_TOKEN: token,
      CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: '1',
      // It is not essential.
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '',
    });
  },
};

/** One prompt, with a configuration of its own. */
function ask(place: Place, what: string, model: string, variables: Record<string, string>): Promise<Outcome> {
  return judge(what, async () => {
    const env = {
      ...QUIET,
      CLAUDE_CONFIG_DIR: `${place.home}/claude`,
      ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
      ...variables,
    };
    const ended = await place.run({ command: CLAUDE_CODE, args: ['-p', 'Say hello', '--model', model], env });
    expectAnswer(ended, ANSWER);
    const refused = place.seen().find(({ status }) => status !== null && status >= 400);
    if (refused) throw new Error(`${refused.method} ${refused.target} got ${refused.status}`);
  });
}

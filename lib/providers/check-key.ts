import { Agent, request } from 'undici';
import { ForbiddenAddressError, guardedConnector, mayCarryKeys } from '#lib/address-guard.ts';
import { PROVIDERS, type ProviderKind } from './catalog.ts';
import { inChosenHeader } from './facts/credentials.ts';
import type { ApiStyle } from './facts/types.ts';
import { routeEndpoint } from './route-endpoint.ts';
import { trialOf } from './trial-call.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A server of one's own may have to load the model first. */
const ANSWER_TIMEOUT_MS = 30_000;

type Said = 'accepted' | 'refused' | 'otherAnswer';

/** What a provider said to a key. `status` is its HTTP status. */
export type KeyCheck =
  /** To the question for its models. */
  | { outcome: Said; model: null; status: number; milliseconds: number }
  /** To the call of a model. `objected`: it understood the call and did not want it. */
  | { outcome: Said | 'objected'; model: string; status: number; milliseconds: number }
  | { outcome: 'forbiddenAddress' | 'unreachable' };

/** A provider as far as calling it needs. `key` is null where none is sent. */
export type CallableProvider = {
  kind: ProviderKind;
  baseUrl: string | null;
  headerName: string | null;
  key: string | null;
  /** The model that is called; undefined: none is. */
  model?: string;
};

type Asked = { method: 'GET' | 'POST'; endpoint: string; body?: object };

/**
 * Tries a provider with a key: asks for its list of models, which costs nothing, and then calls a model as a client
 * would, for one usage token, since an address can be right for the one and wrong for the other. Goes through the same
 * guard as the proxy's calls, follows no redirect, and reads nothing of the answers but their status.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function checkKey(provider: CallableProvider, allowlist: readonly string[]): Promise<KeyCheck> {
  const { kind, baseUrl, model } = provider;
  const facts = PROVIDERS[kind];
  const base = new URL(baseUrl ?? facts.baseUrl ?? '');
  if (!mayCarryKeys(allowlist, base)) return { outcome: 'forbiddenAddress' };
  const dispatcher = new Agent({ connect: guardedConnector(allowlist, CONNECT_TIMEOUT_MS) });
  const ask = (asked: Asked) => send(dispatcher, base, provider, asked);
  try {
    const list = await ask({ method: 'GET', endpoint: facts.modelsEndpoint });
    const outcome = judgeList(list);
    // Of a wrong key the call would say the same.
    if (model === undefined || outcome === 'refused') {
      return { outcome, model: null, status: list.status, milliseconds: list.milliseconds };
    }
    const { endpoint, body, goodStatuses } = trialOf(list.style, kind, model);
    const { status, milliseconds } = await ask({ method: 'POST', endpoint, body });
    return { outcome: goodStatuses.includes(status) ? 'accepted' : judgeCall(status), model, status, milliseconds };
  } catch (error) {
    return { outcome: error instanceof ForbiddenAddressError ? 'forbiddenAddress' : 'unreachable' };
  } finally {
    await dispatcher.destroy();
  }
}

async function send(dispatcher: Agent, base: URL, provider: CallableProvider, { method, endpoint, body }: Asked) {
  const { host, origin, pathname } = base;
  const route = routeEndpoint(PROVIDERS[provider.kind], { host, path: pathname }, endpoint);
  const credential = provider.headerName ? inChosenHeader(provider.headerName) : route.credential;
  const { path, style, defaultHeaders } = route;
  const headers = {
    ...defaultHeaders,
    ...(body && { 'content-type': 'application/json' }),
    ...(provider.key !== null && credential.sign(provider.key, { method, origin, path })),
  };
  const startedAt = performance.now();
  const answer = await request(origin + path, {
    dispatcher,
    method,
    headers,
    body: body && JSON.stringify(body),
    headersTimeout: ANSWER_TIMEOUT_MS,
  });
  answer.body.on('error', () => {}).destroy();
  return { style, status: answer.statusCode, milliseconds: Math.round(performance.now() - startedAt) };
}

function judgeList({ style, status }: { style: ApiStyle; status: number }) {
  // Gemini API, "Troubleshooting": that is what it says to a key that does not exist.
  if (style === 'google' && status === 400) return 'refused';
  return judge(status);
}

function judgeCall(status: number) {
  return status === 400 || status === 422 ? 'objected' : judge(status);
}

function judge(status: number): Said {
  if (status >= 200 && status < 300) return 'accepted';
  return status === 401 || status === 403 ? 'refused' : 'otherAnswer';
}

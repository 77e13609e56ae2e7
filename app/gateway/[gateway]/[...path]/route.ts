import { proxyEnv } from '#lib/env.ts';
import { createProxyContext, type ProxyContext } from '#lib/proxy/context.ts';
import { refuse } from '#lib/proxy/errors.ts';
import { serveWebRequest } from '#lib/proxy/server/web-call.ts';
import { toResponse } from '#lib/proxy/server/web-sink.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

// `next dev` evaluates modules anew on each change; one pool per process must survive that.
const holder = globalThis as typeof globalThis & { latchkeyProxy?: ProxyContext };

/** The gateways' traffic where only Next can run. Behind `bin/proxy.ts` it serves nothing, and holds no lease. */
async function serve(request: Request): Promise<Response> {
  const env = proxyEnv();
  if (!env.CONSOLE_SERVES_GATEWAYS) return toResponse(refuse('not_found'));
  holder.latchkeyProxy ??= createProxyContext(env, null);
  return serveWebRequest(request, holder.latchkeyProxy);
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };

import { serverEnv } from '#lib/env.ts';
import { createProxyContext, type ProxyContext } from '#lib/proxy/context.ts';
import { serveWebRequest } from '#lib/proxy/server/web-call.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

// `next dev` evaluates modules anew on each change; one pool per process must survive that.
const holder = globalThis as typeof globalThis & { latchkeyProxy?: ProxyContext };

/** The gateways' traffic where only Next can run. With `bin/proxy.ts` in front it does not come here. */
function serve(request: Request): Promise<Response> {
  holder.latchkeyProxy ??= createProxyContext(serverEnv(), null);
  return serveWebRequest(request, holder.latchkeyProxy);
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };

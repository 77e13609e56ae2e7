import { proxyEnv } from '#lib/env.ts';
import { serveUntilStopped } from '#lib/proxy/server/run.ts';

/** One of the processes that serve the data plane; `bin/proxy.ts` starts them. */
await serveUntilStopped(proxyEnv());
process.exit(0);

import { proxyEnv } from '#lib/env.ts';
import { logUncaught, takeOutput } from '#lib/log/take-output.ts';
import { serveUntilStopped } from '#lib/proxy/server/run.ts';

/** One of the processes that serve the data plane; `bin/proxy.ts` starts them. */
takeOutput();
logUncaught();
await serveUntilStopped(proxyEnv());
process.exit(0);

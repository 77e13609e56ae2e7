import { ConfigurationError, serverEnv } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/** The data plane as a process of its own. */
try {
  const env = serverEnv();
  // Only now: what is imported here reads the settings too, and a bad one is to be told in one line.
  const { runProxy } = await import('#lib/proxy/run.ts');
  await runProxy(env);
  process.exit(0);
} catch (error) {
  const isExpected = error instanceof ConfigurationError || error instanceof AppError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}

import { headers } from 'next/headers';
import { env } from '#lib/env.ts';

/** The console's own address, such as `http://localhost:3000`: as configured, else as this request came to it. */
export async function consoleOrigin(): Promise<string> {
  return env().CONSOLE_ORIGIN ?? `http://${(await headers()).get('host')}`;
}

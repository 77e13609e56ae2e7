import { PROVIDERS } from '#lib/providers/catalog.ts';
import { decodeName } from '#lib/providers/decode-name.ts';
import { judgeEndpoint } from '#lib/providers/endpoints/judge-endpoint.ts';

/** More segments has no endpoint that models answer, with all that clients put before it. */
const MOST_SEGMENTS = 6;

const TABLES = new Set(Object.values(PROVIDERS).flatMap(({ surfaces }) => surfaces.map(({ endpoints }) => endpoints)));

/**
 * The name of what is no model of the gateway in a path that goes on as models' endpoints do.
 *
 * @returns null: the path ends in no such endpoint of any provider's API.
 */
export function findMissingModel(method: string, path: string): string | null {
  const segments = path.split('/');
  for (let start = Math.max(2, segments.length - MOST_SEGMENTS); start < segments.length; start++) {
    const endpoint = `/${segments.slice(start).join('/')}`;
    if (isAnswered(method, endpoint)) return decodeName(segments.slice(1, start).join('/'));
  }
  return null;
}

function isAnswered(method: string, endpoint: string): boolean {
  for (const table of TABLES) if (judgeEndpoint(table, method, endpoint).kind === 'inference') return true;
  return false;
}

const BEHIND_VERSION = /(?<=.)\/v1(?:alpha|beta)?(?:\/.*)?$/;

/** The name that a client means by a path in which no model of the gateway is found: for a message. */
export function guessModel(method: string, path: string): string {
  return findMissingModel(method, path) ?? decodeName(path.replace(BEHIND_VERSION, '').slice(1));
}

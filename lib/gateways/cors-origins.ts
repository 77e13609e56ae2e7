import { z } from 'zod';
import { findSecret } from '#lib/secrets/find-secret.ts';

export const MOST_CORS_ORIGINS = 50;

/** What can be wrong with a list of origins. Each has a text below `gateway.configure.cors.errors`. */
const PROBLEMS = ['scheme', 'wildcard', 'extra', 'malformed', 'secret', 'tooMany'] as const;

/** `entry` is the one that is wrong, as it was typed; empty when it is the whole list. */
export type CorsOriginsProblem = { code: (typeof PROBLEMS)[number]; entry: string };

const problem = (code: CorsOriginsProblem['code']) => code;

/** A host name has at most 253 characters (RFC 1035 §2.3.4); the rest is scheme and port. */
const MOST_CHARACTERS = 300;

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Pages from files have the origin `null`, which says nothing; no page comes from the others. */
const NO_PAGES_FROM = /^(?:file|ftp|wss?):$/;

/**
 * A web origin (RFC 6454) as browsers write it in `Origin`: lower case, IDN as punycode, no default port. `*` stands for
 * all. Besides pages, extensions and apps have origins (`chrome-extension://…`, `tauri://localhost`).
 */
const corsOriginSchema = z.string().transform((text, context) => {
  const read = readOrigin(text);
  if ('origin' in read) return read.origin;
  context.addIssue({ code: 'custom', message: read.code });
  return z.NEVER;
});

function readOrigin(text: string): { origin: string } | Pick<CorsOriginsProblem, 'code'> {
  if (text === '*') return { origin: text };
  // Whoever takes over a name that was given up below a domain would be let in with it.
  if (text.includes('*')) return { code: 'wildcard' };
  if (findSecret(text, false)) return { code: 'secret' };
  const [scheme] = SCHEME.exec(text) ?? [];
  if (!scheme) return { code: 'scheme' };
  // By its characters, as URLs do not tell an empty query or user from none.
  if (/[/?#@\\]/.test(text.slice(scheme.length).replace(/\/$/, ''))) return { code: 'extra' };
  const url = text.length <= MOST_CHARACTERS ? URL.parse(text) : null;
  if (!url?.host || NO_PAGES_FROM.test(url.protocol)) return { code: 'malformed' };
  // Not `url.origin`, which is `null` for the schemes of extensions and apps. Their hosts are left as they are typed.
  const origin = `${url.protocol}//${url.host}`.toLowerCase();
  return /[^\x21-\x7e]|%/.test(origin) ? { code: 'malformed' } : { origin };
}

/** The origins whose pages may call a gateway, each once. */
export const corsOriginsSchema = z
  .array(corsOriginSchema)
  .transform((origins) => [...new Set(origins)])
  .pipe(z.array(z.string()).max(MOST_CORS_ORIGINS, problem('tooMany')));

/** The entries of a list as it is typed: one a line, or with spaces or commas between them. */
export function splitCorsOrigins(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** Reads what `splitCorsOrigins` found, or says the first thing that is wrong with it. */
export function readCorsOrigins(entries: readonly string[]): { origins: string[] } | { problem: CorsOriginsProblem } {
  const parsed = corsOriginsSchema.safeParse(entries);
  if (parsed.success) return { origins: parsed.data };
  const [issue] = parsed.error.issues;
  const code = z.enum(PROBLEMS).catch('malformed').parse(issue?.message);
  return { problem: { code, entry: entries[Number(issue?.path[0])] ?? '' } };
}

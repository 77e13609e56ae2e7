import { isIP, isIPv4 } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `a whole number from ${least} to ${most}`);

const host = z.string().refine((value) => value === 'localhost' || isIP(value) !== 0, 'an IP address or localhost');

const onOff = z.enum(['on', 'off'], 'on or off').transform((value) => value === 'on');

const origin = z
  .string()
  .refine((value) => URL.parse(value)?.origin === value, 'an origin such as https://console.example.com');

const domain = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{1,200}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'a domain name such as gateway.example.com');

/** `host` or `host:port`; an IPv6 address stands without brackets. */
const ALLOWED_HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?(?::\d{1,5})?|[0-9a-f]*:[0-9a-f:.]+)$/;

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter(Boolean),
  );

/** An IP address, or a network by its prefix. Not by the prefix 0: whoever trusts everyone believes the client. */
function isNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([0-9a-f:.]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const mostBits = isIPv4(address) ? 32 : 128;
  return isIP(address) !== 0 && Number(prefix ?? mostBits) <= mostBits;
}

const secret = z
  .base64('32 bytes in base64, as `openssl rand -base64 32` prints them')
  .refine(
    (value) => Buffer.from(value, 'base64').length === 32,
    '32 bytes in base64, as `openssl rand -base64 32` prints them',
  );

const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// URL' });

/** Each takes some 70 MB, whether it is needed or not, and one serves thousands of streams. */
const MOST_WORKERS_BY_DEFAULT = 4;

const mebibytes = (count: number) => String(count * 1024 * 1024);

const fields = z.object({
  PORT: integer(1, 65_535).prefault('3000'),
  HOST: host.default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  MIGRATION_DATABASE_URL: databaseUrl.optional(),
  PROXY_DATABASE_URL: databaseUrl.optional(),
  LATCHKEY_DATA_DIR: z.string().min(1, 'a directory').default('.latchkey'),
  LATCHKEY_SECRET: secret.optional(),
  LATCHKEY_SECRET_PREVIOUS: secret.optional(),
  ADMIN_EMAIL: z.email('an e-mail address').toLowerCase().default('admin@latchkey.local'),
  ADMIN_PASSWORD: z.string().min(8, 'at least 8 characters').max(200, 'at most 200 characters').optional(),
  CONSOLE_ORIGIN: origin.optional(),
  GATEWAY_DOMAIN: domain.default('ai-gateway.localhost'),
  DEMO: onOff.optional(),
  UPSTREAM_ALLOWLIST: list.refine(
    (hosts) => hosts.every((host) => ALLOWED_HOST.test(host)),
    'hosts such as ollama.lan,10.0.0.7:8000',
  ),
  TRUSTED_PROXIES: list.refine(
    (networks) => networks.every(isNetwork),
    'networks such as 10.0.0.0/8,192.0.2.1,fd00::/8',
  ),
  PROXY_WORKERS: integer(1, 256).prefault(String(Math.min(availableParallelism(), MOST_WORKERS_BY_DEFAULT))),
  UPSTREAM_CONNECT_TIMEOUT_MS: integer(1, 600_000).prefault('5000'),
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: integer(1, 3_600_000).prefault('600000'),
  UPSTREAM_IDLE_TIMEOUT_MS: integer(1, 3_600_000).prefault('300000'),
  STREAM_KEEPALIVE_SECONDS: integer(0, 3_600).prefault('0'),
  MAX_JSON_BODY_BYTES: integer(1, 2 ** 31).prefault(mebibytes(32)),
  MAX_BODY_BYTES: integer(1, 2 ** 40).prefault(mebibytes(256)),
  AUTH_OUTAGE_GRACE_SECONDS: integer(0, 86_400).prefault('60'),
  METRICS_PORT: integer(1, 65_535).optional(),
  METRICS_HOST: host.default('127.0.0.1'),
  DRAIN_TIMEOUT_MS: integer(0, 3_600_000).prefault('30000'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'a pino level such as info')
    .default('info'),
  /** Whether the console's own route serves gateways: `bin/console.ts`, which is for behind a proxy, says no by itself. */
  CONSOLE_SERVES_GATEWAYS: onOff.prefault('on'),
  /** Where the console listens; set by `bin/start.ts` for the proxy that it starts. */
  CONSOLE_UPSTREAM: origin.optional(),
});

const schema = fields
  .refine((env) => env.METRICS_PORT !== env.PORT, { path: ['METRICS_PORT'], error: 'another port than PORT' })
  .refine((env) => env.DATABASE_URL || !(env.MIGRATION_DATABASE_URL || env.PROXY_DATABASE_URL), {
    path: ['DATABASE_URL'],
    error: 'set with MIGRATION_DATABASE_URL and PROXY_DATABASE_URL',
  });

export type Env = z.infer<typeof schema>;

/** What only starts an installation: no process that serves has a use for it. */
const OF_THE_START: readonly string[] = [
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'DEMO',
  'LATCHKEY_DATA_DIR',
  // Each process is given the one that is its own as DATABASE_URL.
  'MIGRATION_DATABASE_URL',
  'PROXY_DATABASE_URL',
];

/** The names of the settings that a process that serves may be given. */
export const SERVER_SETTINGS: readonly string[] = Object.keys(fields.shape).filter(
  (name) => !OF_THE_START.includes(name),
);

/** Whether npm runs this process as a script. No setting: npm says so to what it starts. */
export const isNpmScript = (): boolean => process.env.npm_lifecycle_event !== undefined;

/** A setting whose value cannot be used. The message is one line: the name, and what is wanted. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/**
 * Reads every setting from `source`. An empty string counts as not set, as in a compose file with `PORT=`.
 *
 * @throws ConfigurationError for the first setting that is off. Its value is not repeated: it may be a secret.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ConfigurationError(`${issue?.path.join('.')} must be ${issue?.message}.`);
}

let parsed: Env | undefined;

/** The settings of this process, parsed at first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** As `env()`, for processes that cannot run without a database and a secret. */
export function serverEnv(): Env & { DATABASE_URL: string; LATCHKEY_SECRET: string } {
  const { DATABASE_URL, LATCHKEY_SECRET, ...rest } = env();
  if (!DATABASE_URL) throw new ConfigurationError('DATABASE_URL must be set to a postgresql:// URL.');
  if (!LATCHKEY_SECRET)
    throw new ConfigurationError('LATCHKEY_SECRET must be set to 32 bytes in base64 (`openssl rand -base64 32`).');
  return { ...rest, DATABASE_URL, LATCHKEY_SECRET };
}

/** As `serverEnv()`, for the data plane: its database role may be another than the console's. */
export function proxyEnv(): ReturnType<typeof serverEnv> {
  const env = serverEnv();
  return { ...env, DATABASE_URL: env.PROXY_DATABASE_URL ?? env.DATABASE_URL };
}

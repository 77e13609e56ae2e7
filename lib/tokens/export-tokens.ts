import { type Cell, toCsv } from '#lib/table/csv.ts';
import type { CreatedToken, TokenRow } from './schema.ts';

/** What whoever gets a token must know besides. */
export type TokenReach = {
  gateway: string;
  /** As OpenAI's SDKs take it. */
  baseUrl: string;
  /** As that address wants them named: `deepseek/deepseek-chat`. */
  models: string[];
};

/** New secrets, each with all that its user needs. */
export function toSecretsCsv({ gateway, baseUrl, models }: TokenReach, created: readonly CreatedToken[]): string {
  return toCsv(
    ['name', 'token', 'gateway', 'base_url', 'models', 'expires_at'],
    created.map(({ name, token, expiresAt }) => [name, token, gateway, baseUrl, models.join('; '), expiresAt]),
  );
}

/** The columns of the list as a file. */
export const TOKEN_LIST_HEADER = [
  'name',
  'token',
  'status',
  'created_at',
  'created_by',
  'expires_at',
  'last_used_at',
  'last_used_from',
  'id',
  'gateway',
];

export function toListCells(gateway: string, row: TokenRow): Cell[] {
  const { name, masked, status, createdAt, createdBy, expiresAt, lastUsedAt, lastUsedFrom, id } = row;
  return [name, masked, status, createdAt, createdBy, expiresAt, lastUsedAt, lastUsedFrom, id, gateway];
}

/** Shells and loaders have variables of their own, such as PATH and NODE_OPTIONS; none begins with this. */
const PREFIX = 'LK_';

const BASE_URL = `${PREFIX}BASE_URL`;

/** One variable a token, named after it, for programs that read `.env` files. */
export function toEnv({ gateway, baseUrl, models }: TokenReach, created: readonly CreatedToken[]): string {
  const used = new Set<string>([BASE_URL]);
  const lines = created.map(({ name, token, expiresAt }) => {
    const expiry = expiresAt ? `, expires ${expiresAt}` : '';
    return `# ${name}${expiry}\n${toVariable(name, used)}=${token}\n`;
  });
  return `# gateway ${gateway}, models: ${models.join(', ')}\n${BASE_URL}=${baseUrl}\n${lines.join('')}`;
}

/** A name that shells accept (POSIX, XBD §8.1), and that no other token has. */
function toVariable(name: string, used: Set<string>): string {
  const ascii = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
  const word =
    ascii
      .toUpperCase()
      .match(/[A-Z0-9]+/g)
      ?.join('_') ?? 'TOKEN';
  let variable = PREFIX + word;
  for (let count = 2; used.has(variable); count++) variable = `${PREFIX}${word}_${count}`;
  used.add(variable);
  return variable;
}

import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readState } from '#testing/database-state.ts';
import { type Change, GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import { dumpDatabase } from '#testing/planted-secrets.ts';
import {
  type Owner,
  openTokenActionStage,
  PASSWORD,
  type TokenActionStage,
  WRONG_INPUTS,
} from '#testing/token-action-stage.ts';

/** Inputs of actions with what no form sends: fields of every column there is, and values of other kinds. */
let stage: TokenActionStage;
let columns: Record<string, unknown>;
/** A value of each type that is found again wherever it went. */
const PLANTED: Record<string, unknown> = {
  uuid: '0bad0bad-0bad-4bad-8bad-0bad0bad0bad',
  text: 'planted-text',
  integer: 1_313_131_313,
  smallint: 31_313,
  bigint: 1_313_131_313,
  boolean: true,
  bytea: '\\x0bad0bad0bad0bad',
  ARRAY: ['https://planted.example'],
  'timestamp with time zone': '2031-03-13T03:13:31.313Z',
};
const TRACES = ['0bad0bad', 'planted', '1313131313', '31313', '2031-03-13'];

beforeAll(async () => {
  stage = await openTokenActionStage();
  columns = await readColumns(stage.databaseUrl);
});
afterAll(() => stage.close());

/** Every column of every table, by both its names, with a planted value of its type. */
async function readColumns(databaseUrl: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public'",
  );
  await client.end();
  const parsed = z.array(z.object({ name: z.string(), type: z.string() })).parse(rows);
  return Object.fromEntries(
    parsed.flatMap(({ name, type }) => {
      const value = name === 'account_id' ? stage.theirs.accountId : (PLANTED[type] ?? 'DISABLED');
      return [name, name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())].map((form) => [form, value]);
    }),
  );
}

/** What Prisma takes for more than a value, and what an object has without being given it. */
const OPERATORS = {
  constructor: { prototype: { accountId: 1, isAdmin: true } },
  prototype: { isAdmin: true },
  toString: 'planted-text',
  hasOwnProperty: 'planted-text',
  toJSON: 'planted-text',
  connect: { id: PLANTED.uuid },
  create: { name: 'planted-text' },
  set: { status: 'DISABLED' },
  where: {},
  data: { name: 'planted-text' },
  OR: [{}],
  NOT: {},
  role: 'ADMIN',
  isAdmin: true,
  session: { accountId: 1 },
  userId: PLANTED.uuid,
  actor: 'planted-text',
  secretHash: '0bad0bad',
  accountIds: [1],
};

/** The input with the fields in it and in every object inside it; what it says itself stays. */
function withFields(input: unknown, fields: object): unknown {
  if (Array.isArray(input)) return input.map((item) => withFields(item, fields));
  if (typeof input !== 'object' || input === null) return input;
  const inner = Object.entries(input).map(([name, value]) => [name, withFields(value, fields)] as const);
  return { ...fields, ...Object.fromEntries(inner) };
}

const KNOWN_OF_PROVIDERS = ['opensManagement', 'name'];
const KNOWN_OF_GATEWAYS = ['authenticated', 'objectsByToken'];

/** The fields that the action's own schema may have are no extra ones. */
function extraFields(name: string): Record<string, unknown> {
  const ofProviders = name.includes('rovider') || name === 'createGatewayAction' ? KNOWN_OF_PROVIDERS : [];
  const known = name === 'configureGatewayAction' ? KNOWN_OF_GATEWAYS : ofProviders;
  return Object.fromEntries(Object.entries({ ...columns, ...OPERATORS }).filter(([field]) => !known.includes(field)));
}

const OF_ACCOUNT: Change[] = [['changePasswordAction', () => ({ current: PASSWORD, next: PASSWORD })]];

/** Whose input may have no other fields at all: what it does not know could have meant fewer tokens. */
const STRICT = ['deleteMatchingTokensAction'];

/** What an action made of a gateway, without what is made anew each time. */
async function describeGateway(gatewayId: string) {
  const { tokens, gateways, providers } = await readState(stage.db);
  const ofGateway = (row: { gatewayId: string }) => row.gatewayId === gatewayId;
  return {
    tokens: tokens
      .filter(ofGateway)
      .map(({ status, expiresAt, createdBy, lastUsedAt, lastUsedFrom }) => ({
        ...{ status, expiresAt, isMine: createdBy === null || createdBy === stage.mine.userId },
        ...{ lastUsedAt, lastUsedFrom },
      }))
      .sort((one, other) => one.status.localeCompare(other.status)),
    gateways: gateways
      .filter(({ id }) => id === gatewayId)
      .map(({ accountId, status, authenticated, objectsByToken, corsOrigins, lastRequestAt }) => ({
        ...{ accountId, status, authenticated, objectsByToken, corsOrigins, lastRequestAt },
      })),
    providers: providers
      .filter(ofGateway)
      .map(({ kind, baseUrl, headerName, keyVersion, keyLastChars, demo, opensManagement, models }) => ({
        ...{ kind, baseUrl, headerName, keyVersion, keyLastChars, demo, opensManagement },
        models: models.map(({ name }) => name),
      })),
  };
}

/** Everything that is not of this gateway. */
async function describeOthers(gatewayId: string) {
  const { audit: _audit, sessions: _sessions, ...state } = await readState(stage.db);
  const isOther = (row: { id: string; gatewayId?: string }) => row.id !== gatewayId && row.gatewayId !== gatewayId;
  return Object.entries(state).map(([table, rows]) => [table, rows.filter(isOther)]);
}

async function act(name: string, input: unknown): Promise<string> {
  const { status, text } = await stage.call(stage.client, name, input);
  expect([name, status]).toEqual([name, 200]);
  return text;
}

/** A gateway in which the action can be done. */
async function addGateway(prefix: string, name: string): Promise<Owner> {
  const owner = await stage.addGateway(`${prefix}-${name}`);
  if (name !== 'endPreviousSecretAction') return owner;
  const [, rotation] = TOKEN_CHANGES.find(([change]) => change === 'rotateTokenAction') ?? [];
  expect(await act('rotateTokenAction', { ...rotation?.(owner), overlap: 'hour' })).toContain('"ok":true');
  return owner;
}

describe.each([...TOKEN_CHANGES, ...GATEWAY_CHANGES.filter(([name]) => name !== 'createGatewayAction')])(
  '%s',
  (name, inputFor) => {
    test('with fields of every column does what it does without them, and to nothing else', async () => {
      const plain = await addGateway('plain', name);
      expect(await act(name, inputFor(plain))).toContain('"ok":true');
      const owner = await addGateway('extra', name);
      const others = await describeOthers(owner.gatewayId);
      const text = await act(name, withFields(inputFor(owner), extraFields(name)));
      if (STRICT.includes(name)) return expect(text).toContain('"ok":false');
      expect(text).toContain('"ok":true');
      expect(await describeGateway(owner.gatewayId)).toEqual(await describeGateway(plain.gatewayId));
      expect(await describeOthers(owner.gatewayId)).toEqual(others);
      await expectNoTrace();
    });
  },
);

async function expectNoTrace(): Promise<void> {
  const dump = await dumpDatabase(stage.databaseUrl);
  expect(TRACES.filter((trace) => dump.includes(trace))).toEqual([]);
}

test('createGatewayAction with fields of every column makes a gateway of the own account, as it is named', async () => {
  const [, inputFor] = GATEWAY_CHANGES.find(([name]) => name === 'createGatewayAction') ?? [];
  const input = inputFor?.(stage.mine) ?? {};
  expect(await act('createGatewayAction', withFields(input, extraFields('createGatewayAction')))).toContain(
    '"ok":true',
  );
  const made = await stage.db.gateway.findFirstOrThrow({ where: { name: String(input.name) } });
  expect(made).toMatchObject({ accountId: stage.mine.accountId, status: 'ACTIVE', objectsByToken: false });
  expect(made.slug).toBe(`user-${stage.mine.accountId}-${made.name}`);
  await expectNoTrace();
});

test.each(OF_ACCOUNT)('%s with fields of every column changes the own user only', async (name, inputFor) => {
  const users = () => stage.db.user.findMany({ where: { id: { not: stage.mine.userId } }, orderBy: { id: 'asc' } });
  const before = await users();
  const text = await act(name, { ...extraFields(name), ...inputFor(stage.mine) });
  expect(text).toContain('"ok"');
  expect(await users()).toEqual(before);
  const { accountId, disabledAt, email } = await stage.db.user.findUniqueOrThrow({ where: { id: stage.mine.userId } });
  expect({ accountId, disabledAt, email }).toEqual({
    accountId: stage.mine.accountId,
    disabledAt: null,
    email: stage.mine.email,
  });
  await expectNoTrace();
});

/** Where a value stands in an input. */
type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length === 0 ? inner : [path, ...inner];
}

function withValue(input: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(input)) return input.map((item, index) => (index === key ? withValue(item, rest, value) : item));
  const object = z.record(z.string(), z.unknown()).parse(input);
  return { ...object, [key]: withValue(object[key], rest, value) };
}

/** Beside those that `token-actions` tries on the tab's own actions. */
const WRONG = [...WRONG_INPUTS, 1e308, Array(2_000).fill('x'), Array(2_000).fill({}), [[[[[]]]]]];

/** Right in some places, and wrong in all others. */
const isRight = ([key]: Path, value: unknown) =>
  (key === 'originsAdded' || key === 'seen' || key === 'providers') && Array.isArray(value) && value.length === 0;

describe.each([...GATEWAY_CHANGES, ...OF_ACCOUNT])('%s', (name, inputFor) => {
  test('with a value of another kind in any place is refused in words, and changes nothing', async () => {
    const input = inputFor(stage.mine);
    for (const path of pathsOf(input)) {
      for (const value of WRONG.filter((candidate) => !isRight(path, candidate))) {
        const before = await readState(stage.db);
        const text = await act(name, withValue(input, path, value));
        const what = [name, path.join('.'), JSON.stringify(value).slice(0, 40)];
        expect([...what, text]).toEqual([...what, expect.stringContaining('"ok":false')]);
        const { audit: _before, ...rows } = before;
        const { audit: _after, ...rowsAfter } = await readState(stage.db);
        expect([...what, rowsAfter]).toEqual([...what, rows]);
      }
    }
  });
});

test('nothing of all this was an error of the console', () => {
  expect(stage.console.log()).not.toMatch(/uncaught|unhandled|TypeError|RangeError/i);
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Action, type ConsoleClient, listActions, openConsoleClient } from '#testing/console-client.ts';
import type { Stage } from '../stage.ts';

export type Kind = 'creation' | 'deletion' | 'sign-out';

/** What the console said became of a change; `unknown` also where it said nothing. */
export type Answer = 'done' | 'not done' | 'unknown';

/** A change that somebody asked a console for. Moments are those of `performance.now()`. */
export type Change = {
  kind: Kind;
  /** The token's name, or the user's e-mail. */
  subject: string;
  answer: Answer;
  sentAt: number;
  answeredAt: number;
  /** Which console was asked: its origin. */
  console: string;
  /** Of the token that is deleted, or that the answer to its creation held; of a sign-out none. */
  secret: string | null;
  /** Whose session was to end, and the cookies that it had before. */
  client: ConsoleClient | null;
  cookies: ReadonlyMap<string, string>;
};

/** Who uses a console: somebody who stays, and those who will sign out. */
type People = { admin: ConsoleClient; leaving: { email: string; client: ConsoleClient }[] };

type Token = { id: string; name: string; token: string };

const NO_COOKIES: ReadonlyMap<string, string> = new Map();

const PASSWORD = 'a password';
const ADMINS_OF_A_CONSOLE = 4;
const TOKENS = 1_000;
const USERS_OF_A_CONSOLE = 40;
const EVERY_MS = 150;
/** So that there is somebody to leave until the end. */
const LEAVES_AT_TURN = 50;

/** Whoever asks for changes, and what there is to change: made before anything fails. */
export class Admins {
  readonly changes: Change[] = [];
  readonly #gatewayId: string;
  readonly #actions: Action[];
  readonly #tokens: Token[];
  /** By console. */
  readonly #people: ReadonlyMap<string, People>;

  private constructor(gatewayId: string, actions: Action[], tokens: Token[], people: ReadonlyMap<string, People>) {
    this.#gatewayId = gatewayId;
    this.#actions = actions;
    this.#tokens = tokens;
    this.#people = people;
  }

  static async open(stage: Stage, origins: readonly string[]): Promise<Admins> {
    const { accountId, gatewayId, fixtures } = stage;
    const signIn = async (origin: string) => {
      const email = `${randomUUID()}@example.com`;
      await fixtures.addUser(accountId, email, PASSWORD);
      const client = openConsoleClient(origin);
      const { status } = await client.signIn(email, PASSWORD);
      if (status !== 200) throw new Error(`signing in was answered ${status}`);
      return { email, client };
    };
    const people = new Map<string, People>();
    for (const origin of origins) {
      const leaving = [];
      // One after the other: of many at once, a console tells some to come back.
      for (let user = 0; user < USERS_OF_A_CONSOLE; user++) leaving.push(await signIn(origin));
      people.set(origin, { admin: (await signIn(origin)).client, leaving });
    }
    const tokens = await fixtures.addTokens({ accountId, gatewayId }, TOKENS);
    return new Admins(gatewayId, await listActions(gatewayId), tokens, people);
  }

  /** Asks all consoles for changes, several at once, as long as `isWanted` says. */
  async run(isWanted: () => boolean): Promise<void> {
    const loops = [...this.#people.keys()].flatMap((origin) =>
      Array.from({ length: ADMINS_OF_A_CONSOLE }, async () => {
        for (let turn = 0; isWanted(); turn++) {
          await this.#changeSomething(origin, turn);
          await sleep(EVERY_MS);
        }
      }),
    );
    await Promise.all(loops);
  }

  async close(): Promise<void> {
    const people = [...this.#people.values()];
    await Promise.all(people.map(({ admin }) => admin.close()));
    await Promise.all(this.changes.map(({ client }) => client?.close()));
    await Promise.all(people.flatMap(({ leaving }) => leaving.map(({ client }) => client.close())));
  }

  async #changeSomething(origin: string, turn: number): Promise<void> {
    const people = this.#people.get(origin);
    if (!people) return;
    const leaver = turn % LEAVES_AT_TURN === 1 ? people.leaving.pop() : undefined;
    if (leaver) {
      const { email: subject, client } = leaver;
      return this.#ask(
        client,
        'signOutAction',
        {},
        { kind: 'sign-out', subject, console: origin, secret: null, client, cookies: new Map(client.cookies) },
      );
    }
    const gatewayId = this.#gatewayId;
    const token = turn % 2 === 0 ? this.#tokens.pop() : undefined;
    if (token) {
      const about = {
        kind: 'deletion',
        subject: token.name,
        console: origin,
        secret: token.token,
        client: null,
        cookies: NO_COOKIES,
      } as const;
      return this.#ask(people.admin, 'deleteTokensAction', { gatewayId, ids: [token.id] }, about);
    }
    const name = `chaos-${randomUUID()}`;
    const input = { gatewayId, creationId: randomUUID(), names: [name], expiresAt: null };
    const about = {
      kind: 'creation',
      subject: name,
      console: origin,
      secret: null,
      client: null,
      cookies: NO_COOKIES,
    } as const;
    return this.#ask(people.admin, 'createTokensAction', input, about);
  }

  async #ask(
    client: ConsoleClient,
    name: string,
    input: unknown,
    about: Omit<Change, 'answer' | 'sentAt' | 'answeredAt'>,
  ): Promise<void> {
    const action = this.#actions.find((candidate) => candidate.name === name);
    if (!action) throw new Error(`there is no action ${name}`);
    const sentAt = performance.now();
    const text = await client.callAction(action, JSON.stringify([input])).then(
      (answer) => answer.text,
      () => '',
    );
    const secret = about.secret ?? /lk_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? null;
    this.changes.push({ ...about, secret, answer: read(text), sentAt, answeredAt: performance.now() });
  }
}

function read(text: string): Answer {
  if (text.includes('"ok":true')) return 'done';
  return text.includes('"ok":false') && !text.includes('outcomeUnknown') ? 'not done' : 'unknown';
}

import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';

/** For how long a name that was not answered for in time is refused at once. */
const REFUSED_FOR_MS = 5_000;

const MOST_NAMES_REMEMBERED = 10_000;

type Found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Lookup = (hostname: string, options: LookupOptions & { all: true }, found: Found) => void;

type Pending = { asking: Found[]; impatience: NodeJS.Timeout | undefined; begin: () => void; isBegun: boolean };

/**
 * Looks names up so that one whose resolver is silent takes the way from no other. Node asks on libuv's threads, at most
 * half of them at once (`slow_work_thread_threshold`), and nothing ends a question before the system gives it up, which
 * takes half a minute. So each name is asked for once at a time, all who want it share the answer, and names that have
 * not answered before share a few threads. No answer is kept: what a name leads to is judged as it is dialled.
 */
export class SharedLookups {
  readonly #lookup: Lookup;
  readonly #mostUnproven: number;
  readonly #pending = new Map<string, Pending>();
  readonly #queue = new Set<Pending>();
  readonly #proven = new Set<string>();
  readonly #silent = new Set<string>();
  #unprovenUnderWay = 0;

  /** @param mostUnproven how many names that have not answered before may be asked for at once. */
  constructor(lookup: Lookup = systemLookup, mostUnproven = shareOfThreads()) {
    this.#lookup = lookup;
    this.#mostUnproven = mostUnproven;
  }

  /**
   * As `dns.lookup` with `all`. All of a process ask with the same options, so that they can share.
   *
   * @param patienceMs how long the first who asks waits, and all others with it.
   */
  find(hostname: string, options: LookupOptions, patienceMs: number, found: Found): void {
    if (this.#silent.has(hostname)) {
      process.nextTick(found, silence(hostname), []);
      return;
    }
    const pending = this.#pending.get(hostname) ?? this.#ask(hostname, options);
    pending.asking.push(found);
    pending.impatience ??= setTimeout(() => this.#giveUp(hostname, pending), patienceMs).unref();
  }

  #ask(hostname: string, options: LookupOptions): Pending {
    const isProven = this.#proven.has(hostname);
    const begin = () => {
      pending.isBegun = true;
      if (!isProven) this.#unprovenUnderWay += 1;
      this.#lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (!isProven) this.#unprovenUnderWay -= 1;
        this.#pending.delete(hostname);
        if (!error) this.#remember(hostname);
        this.#answer(pending, error, addresses);
        this.#beginNext();
      });
    };
    const pending: Pending = { asking: [], impatience: undefined, begin, isBegun: false };
    this.#pending.set(hostname, pending);
    if (isProven) begin();
    else this.#queue.add(pending);
    this.#beginNext();
    return pending;
  }

  #beginNext(): void {
    for (const pending of this.#queue) {
      if (this.#unprovenUnderWay >= this.#mostUnproven) return;
      this.#queue.delete(pending);
      pending.begin();
    }
  }

  /** What has begun stays pending: its thread is taken, and whoever asks later shares it. */
  #giveUp(hostname: string, pending: Pending): void {
    if (pending.isBegun) {
      this.#proven.delete(hostname);
      this.#silent.add(hostname);
      setTimeout(() => this.#silent.delete(hostname), REFUSED_FOR_MS).unref();
    } else {
      this.#queue.delete(pending);
      this.#pending.delete(hostname);
    }
    this.#answer(pending, silence(hostname), []);
  }

  #answer(pending: Pending, error: NodeJS.ErrnoException | null, addresses: LookupAddress[]): void {
    clearTimeout(pending.impatience);
    pending.impatience = undefined;
    for (const found of pending.asking.splice(0)) found(error, addresses);
  }

  #remember(hostname: string): void {
    this.#silent.delete(hostname);
    this.#proven.add(hostname);
    const [oldest] = this.#proven;
    if (oldest !== undefined && this.#proven.size > MOST_NAMES_REMEMBERED) this.#proven.delete(oldest);
  }
}

function silence(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`the name ${hostname} is not answered for`), { code: 'EAI_AGAIN' });
}

/** Half of what look-ups may take, so that as much is left for names that have answered. */
function shareOfThreads(): number {
  const threads = Number(process.env.UV_THREADPOOL_SIZE) || 4;
  return Math.max(1, Math.floor((threads + 1) / 4));
}

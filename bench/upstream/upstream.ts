import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import type { Cleanup } from '../setup/cleanup.ts';
import type { Control } from './control.ts';

const started = z.object({ port: z.number() });
const counted = z.object({ requests: z.number() });

/** The stand-in for a provider, seen from outside its process. */
export class Upstream {
  readonly pid: number;
  readonly origin: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.origin = `http://127.0.0.1:${port}`;
  }

  static async start(cleanup: Cleanup): Promise<Upstream> {
    const child = fork(path.join(import.meta.dirname, 'main.ts'), { detached: true });
    cleanup.add(async () => {
      child.kill();
    });
    const [message] = await once(child, 'message');
    return new Upstream(child, started.parse(message).port);
  }

  /** Tells it what to do; returns how many requests have come so far. */
  async tell(order: Control): Promise<number> {
    const answer = once(this.#child, 'message');
    this.#child.send(order);
    const [reply] = await answer;
    return counted.parse(reply).requests;
  }

  /** How many requests have come so far. */
  countRequests(): Promise<number> {
    return this.tell({ kind: 'count' });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
  /** What is said of each case, for parts that say it also when all is well. */
  cases?: string[];
};

/** One part of `npm test`. Without a report to read, the part counts as one test. */
export type Part = {
  name: string;
  /** What Node runs. */
  args: string[];
  /** What must be there first. When that fails, so has the part. */
  needs?: Promise<void>;
  report?: {
    to: (file: string) => { args?: string[]; env?: Record<string, string> };
    read: (report: string) => Counts;
  };
};

const ENV = { NODE_OPTIONS: '--disable-warning=ExperimentalWarning', FORCE_COLOR: '0' };

/** A part that runs: what it prints is kept, because that of several at once cannot be read. */
export class RunningPart {
  readonly name: string;
  readonly counts: Promise<Counts>;
  output = '';
  #child: ChildProcess | undefined;
  readonly #startedAt = Date.now();

  /** @param reports a directory for the report. */
  constructor(part: Part, reports: string) {
    this.name = part.name;
    this.counts = this.#run(part, path.join(reports, `${part.name}.json`));
  }

  get seconds(): number {
    return Math.round((Date.now() - this.#startedAt) / 1000);
  }

  /** What it has printed last. */
  get lastLine(): string {
    return this.output.trimEnd().split('\n').at(-1)?.trim() ?? '';
  }

  stop(): void {
    this.#child?.kill('SIGTERM');
  }

  async #run({ args, needs, report }: Part, reportFile: string): Promise<Counts> {
    try {
      await needs;
    } catch (error) {
      this.output += error instanceof Error ? error.message : String(error);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    const { args: more = [], env = {} } = report?.to(reportFile) ?? {};
    const succeeded = await this.#spawn([...args, ...more], env);
    if (!report) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
    const counts = await readFile(reportFile, 'utf8').then(report.read, () => ({ passed: 0, failed: 0, skipped: 0 }));
    // A run that broke outside its tests, or ran none, has failed even if no test says so.
    const broke = counts.failed === 0 && (!succeeded || counts.passed === 0);
    return broke ? { ...counts, failed: 1 } : counts;
  }

  #spawn(args: string[], env: Record<string, string>): Promise<boolean> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...ENV, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#child = child;
    return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)));
  }
}

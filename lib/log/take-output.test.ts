import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { parseLog } from '#testing/log-lines.ts';
import { runLogging } from '#testing/run-logging.ts';

const INFO = 30;
const WARN = 40;
const ERROR = 50;
const FATAL = 60;

/** Runs a program whose outputs were taken; `hostile` is text that a client may have sent. */
async function runTaken(program: string) {
  const child = runLogging(`
    const { takeOutput, logUncaught } = await import('${new URL('./take-output.ts', import.meta.url)}');
    takeOutput();
    const hostile = 'a\\n{"level":30,"msg":"forged"}\\r\\x1b[2J\\x9b31m\\u2028\\u202ez';
    ${program}`);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(stdout).toBe('');
  return { code, lines: parseLog(stderr) };
}

const HOSTILE = 'a\n{"level":30,"msg":"forged"}\r\x1b[2J\x9b31m\u2028\u202ez';

test.each([
  ['console.log(hostile)', INFO],
  ['console.info(hostile)', INFO],
  ['console.warn(hostile)', WARN],
  ['console.error(hostile)', ERROR],
  ['console.error("%s", hostile)', ERROR],
  ['process.stdout.write(hostile)', INFO],
  ['process.stderr.write(hostile)', WARN],
  ['process.stderr.write(new TextEncoder().encode(hostile))', WARN],
  ['await new Promise((done) => process.stderr.write(hostile, "utf8", done))', WARN],
  ['await new Promise((done) => process.stdout.write(hostile, done))', INFO],
  ['console.log("\\x1b[31m\\x1b[1m" + hostile + "\\x1b[0m\\n")', INFO],
])('%s is one line of the log', async (program, level) => {
  const { lines } = await runTaken(program);
  expect(lines).toMatchObject([{ level, msg: HOSTILE }]);
});

test.each(['console.dir({ hostile })', 'console.table([hostile])', 'console.trace(hostile)', 'console.log([hostile])'])(
  '%s writes nothing but lines of the log',
  async (program) => {
    expect((await runTaken(program)).lines.length).toBeGreaterThan(0);
  },
);

test('warnings of Node are lines of the log, once, but for experimental ones', async () => {
  const { lines } = await runTaken(
    'process.emitWarning(hostile); process.emitWarning("x", "ExperimentalWarning"); process.emitWarning("y");',
  );
  expect(lines).toHaveLength(2);
  expect(lines).toMatchObject([
    { level: WARN, err: { message: HOSTILE } },
    { level: WARN, err: { message: 'y' } },
  ]);
});

test.each(['throw new Error(hostile)', 'Promise.reject(new Error(hostile))', 'setImmediate(() => { throw hostile; })'])(
  'a process that ends by %s says so in the log',
  async (program) => {
    const { code, lines } = await runTaken(`logUncaught(); ${program}`);
    expect(code).toBe(1);
    expect(lines).toMatchObject([{ level: FATAL }]);
  },
);

test('a line has an end, however much is written', async () => {
  const { lines } = await runTaken('console.error("x".repeat(1_000_000))');
  expect(lines[0]?.msg).toHaveLength(4_002);
});

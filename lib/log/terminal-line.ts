import { z } from 'zod';
import { showUnseen } from './visible-text.ts';

const WARNING = 40;
const ERROR = 50;

const lineSchema = z.looseObject({ level: z.number(), time: z.string(), msg: z.string() });

const callSchema = z.object({
  msg: z.literal('call'),
  time: z.string(),
  status: z.number(),
  gateway: z.string(),
  provider: z.string().optional(),
  model: z.string().optional(),
  code: z.string().optional(),
  end: z.string().optional(),
  ms: z.number(),
});

/**
 * A line of the log (JSON) as a person reads it: of a call what happened to it, of others what they hold. Nothing in it
 * moves the terminal's cursor or begins a line.
 */
export function lineForTerminal(json: string): string {
  const parsed: unknown = JSON.parse(json);
  const call = callSchema.safeParse(parsed);
  const text = call.success ? describeCall(call.data) : describeOther(parsed);
  return `${showUnseen(text.replaceAll('\n', '\\n'))}\n`;
}

function describeOther(parsed: unknown): string {
  const { level, time, msg, ...rest } = lineSchema.parse(parsed);
  const kind = level >= ERROR ? 'error: ' : level >= WARNING ? 'warning: ' : '';
  const details = Object.entries(rest).map(([name, value]) => `${name}=${describeValue(value)}`);
  return [clockOf(time), kind + msg, ...details].join('  ');
}

function describeCall({ time, status, gateway, provider, model, code, end, ms }: z.infer<typeof callSchema>): string {
  const what = provider ? `${gateway}  ${provider}/${model}` : gateway;
  return [clockOf(time), status, what, code, end, `${Math.round(ms)} ms`]
    .filter((part) => part !== undefined)
    .join('  ');
}

/** Of an error its message is enough here; the stack is in the JSON. */
function describeValue(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `2026-01-31T12:34:56.789Z` is 12:34:56 in UTC, and what that is here. */
function clockOf(time: string): string {
  return new Date(time).toTimeString().slice(0, 8);
}

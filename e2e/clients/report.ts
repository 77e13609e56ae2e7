import type { Outcome } from './client.ts';
import type { SeenRequest } from './tap.ts';

/** A line for a case; where it failed, or all is wanted, also a line for each request that the client sent in it. */
export function writeOutcome(client: string, outcome: Outcome, requests: SeenRequest[], all: boolean): void {
  const { what, failure } = outcome;
  const reason = failure === null ? '' : `: ${oneLine(failure)}`;
  console.log(`${failure === null ? 'ok      ' : 'failed  '}  ${client}: ${what}${reason}`);
  if (failure === null && !all) return;
  const lines = requests.map(
    ({ method, target, headerNames, status }) =>
      `${status ?? 'no answer'} to ${method} ${target} (${headerNames.join(' ')})`,
  );
  for (const line of new Set(lines)) {
    const times = lines.filter((other) => other === line).length;
    console.log(`            ${line}${times > 1 ? `, ${times} times` : ''}`);
  }
}

/** A line for a client that cannot be driven here. */
export function writeMissing(client: string, wanted: string): void {
  console.log(`not here  ${client}: needs ${wanted}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 400);
}

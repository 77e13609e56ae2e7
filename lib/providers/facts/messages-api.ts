import { X_API_KEY } from './credentials.ts';
import { firstSegmentOf, joinAnthropic, withoutVersion } from './join-path.ts';
import type { Surface } from './types.ts';

/** Anthropic's API, at Anthropic and where others speak it. Source: Anthropic API docs, "API overview" (headers). */
export const messagesApi = {
  style: 'anthropic',
  pathOf: joinAnthropic,
  credential: X_API_KEY,
  defaultHeaders: { 'anthropic-version': '2023-06-01' },
} satisfies Omit<Surface, 'matches' | 'endpoints'>;

/** Whether an endpoint is Anthropic's and nobody else's. */
export function isMessages(endpoint: string): boolean {
  return firstSegmentOf(withoutVersion(endpoint)) === 'messages';
}

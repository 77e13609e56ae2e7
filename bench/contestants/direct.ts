import type { Contestant } from '../contestant.ts';
import { PROVIDER_KEY } from '../wire/payloads.ts';

/** Nothing between the load generator and the upstream: what these two can do, and how long a call takes by itself. */
export const contestant: Contestant = {
  name: 'direct',
  description: 'no gateway: the load generator calls the upstream',
  prepare: async () => ({ version: '' }),
  start: async ({ upstreamOrigin }) => ({
    origin: upstreamOrigin,
    path: '/v1/chat/completions',
    headers: (credential) => (credential === 'valid' ? { authorization: `Bearer ${PROVIDER_KEY}` } : null),
    pids: () => [],
    stop: async () => {},
  }),
};

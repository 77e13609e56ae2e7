import { expect, test } from 'vitest';
import type { Candidate } from '../route/candidate.ts';
import type { KnownObjects } from './known-objects.ts';
import { judgeReferences } from './own-objects.ts';

const references = [{ call: 'POST vector_stores', key: 'file_ids', collection: 'files' }];
const candidate = { provider: { id: 'p' }, reach: { references } } as unknown as Candidate;

/** How often something is looked up for a body that names `count` files of its gateway, and the answer to it. */
async function judge(count: number) {
  let lookups = 0;
  const find = () => {
    lookups += 1;
    return { providerId: 'p', tokenId: null };
  };
  const values = new Map([['file_ids', JSON.stringify(Array.from({ length: count }, (_, n) => `file-${n}`))]]);
  const holder = { objectsByToken: false, token: null };
  const answer = await judgeReferences(candidate, values, holder, { find } as unknown as KnownObjects);
  return { lookups, answer };
}

test('a body may name as many objects as a provider takes; of more, none is looked up', async () => {
  expect(await judge(2_000)).toEqual({ lookups: 2_000, answer: null });
  expect(await judge(2_001)).toMatchObject({ lookups: 0, answer: { code: 'invalid_request' } });
});

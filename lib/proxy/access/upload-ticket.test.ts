import { expect, test } from 'vitest';
import { readTicket, writeTicket } from './upload-ticket.ts';

const key = Buffer.alloc(32, 1);
const address = { slug: 'user-1-demo', path: '/gemini/upload/v1beta/files', query: '?upload_id=a' };
const hash = 'ab'.repeat(32);
const DAY_MS = 24 * 60 * 60 * 1000;

test('a ticket stands for its token at its address, for a day', () => {
  const ticket = writeTicket(key, address, hash, 1000);
  expect(ticket).toMatch(/^[\w-]+$/);
  expect(ticket).not.toContain(hash);
  expect(readTicket(key, address, ticket, 1000)).toBe(hash);
  expect(readTicket(key, address, ticket, 999 + DAY_MS)).toBe(hash);
  expect(readTicket(key, address, ticket, 1000 + DAY_MS)).toBeNull();
});

test.each([{ slug: 'user-1-other' }, { path: '/gemini/v1beta/files' }, { query: '?upload_id=b' }, { query: '' }])(
  'at an address with %j it is nothing',
  (other) => {
    expect(readTicket(key, { ...address, ...other }, writeTicket(key, address, hash, 0), 1)).toBeNull();
  },
);

test('at the same address written in another way it is good', () => {
  const other = { ...address, query: '?upload_id=%61' };
  expect(readTicket(key, other, writeTicket(key, address, hash, 0), 1)).toBe(hash);
});

test.each(['', 'x', 'A'.repeat(200)])('%j is no ticket', (ticket) => {
  expect(readTicket(key, address, ticket, 1)).toBeNull();
});

test('another secret, or a changed letter, opens nothing', () => {
  const ticket = writeTicket(key, address, hash, 0);
  expect(readTicket(Buffer.alloc(32, 2), address, ticket, 1)).toBeNull();
  const changed = (ticket.startsWith('A') ? 'B' : 'A') + ticket.slice(1);
  expect(readTicket(key, address, changed, 1)).toBeNull();
});

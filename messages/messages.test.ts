import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import en from '#messages/en.json' with { type: 'json' };
import vi from '#messages/vi.json' with { type: 'json' };

type Messages = { [key: string]: string | Messages };

const messagesSchema: z.ZodType<Messages> = z.record(z.string(), z.union([z.string(), z.lazy(() => messagesSchema)]));

const root = path.resolve(import.meta.dirname, '..');

function flatten(messages: Messages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const english = new Map(flatten(messagesSchema.parse(en)));
const vietnamese = new Map(flatten(messagesSchema.parse(vi)));

/** Arguments and tags of a message: what it must be given. */
const slotsOf = (message = '') => [...new Set(message.match(/\{(?=\w+[,}])\w+|<\w+>/g))].sort();

test('both languages have the same messages, with the same slots', () => {
  expect([...vietnamese.keys()]).toEqual([...english.keys()]);
  for (const [key, message] of english) {
    expect([key, slotsOf(vietnamese.get(key))]).toEqual([key, slotsOf(message)]);
  }
});

test('no message is empty, and none was left untranslated', () => {
  const alike = [...english].filter(([key, message]) => vietnamese.get(key) === message).map(([key]) => key);
  expect(alike).toEqual(['shell.aiGateway', 'gateways.title']);
  for (const message of [...english.values(), ...vietnamese.values()]) expect(message.trim()).not.toBe('');
});

/** Keys that a source file can ask for: those below its namespaces whose last part it spells out. */
function keysUsedIn(source: string): { used: string[]; unknown: string[] } {
  const namespaces = [...source.matchAll(/(?:useTranslations|getTranslations)(?:<|\()'([\w.]+)'/g)].map(
    ([, name]) => name,
  );
  const calls = [...source.matchAll(/\bt(?:\.rich)?\(\s*'([\w.]+)'/g)].map(([, key]) => key ?? '');
  const patterns = [...source.matchAll(/\bt(?:\.rich)?\(\s*`([\w.]+)\$\{/g)].map(([, prefix]) => prefix ?? '');
  const literals = [...source.matchAll(/'([\w.]+)'/g)].map(([, literal]) => literal ?? '');
  const isKnown = (key: string) => namespaces.some((namespace) => english.has(`${namespace}.${key}`));
  const used = [...english.keys()].filter((key) =>
    namespaces.some((namespace) => {
      if (!key.startsWith(`${namespace}.`)) return false;
      const rest = key.slice(`${namespace}.`.length);
      return literals.includes(rest) || patterns.some((prefix) => rest.startsWith(prefix));
    }),
  );
  return { used, unknown: calls.filter((key) => !isKnown(key)) };
}

test('every message is used, and every message that is used exists', () => {
  const used = new Set<string>();
  const unknown: string[] = [];
  for (const directory of ['app', 'components']) {
    for (const entry of readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      const found = keysUsedIn(readFileSync(file, 'utf8'));
      for (const key of found.used) used.add(key);
      unknown.push(...found.unknown.map((key) => `${path.relative(root, file)}: ${key}`));
    }
  }
  expect(unknown).toEqual([]);
  expect([...english.keys()].filter((key) => !used.has(key))).toEqual([]);
});

test('in Vietnamese a token has one name, but for the column that the specification shows', () => {
  const mixed = [...vietnamese].filter(([, message]) => /(?<![-_{<\w])token(?![-_}>\w])/i.test(message));
  expect(mixed.map(([, message]) => message)).toEqual(['Tên token', 'Tên token']);
});

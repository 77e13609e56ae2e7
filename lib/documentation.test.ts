import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const list = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file));
const documents = [...readdirSync(root), ...list('docs')].filter((file) => file.endsWith('.md'));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test.each(documents)('the links in %s lead to what is there', (file) => {
  const links = [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  const isThere = (link: string) => existsSync(path.join(root, path.dirname(file), link));
  expect(local.filter((link) => !isThere(link))).toEqual([]);
});

test('a threat names tests that are there', () => {
  const tests = new Set(
    ['app', 'components', 'lib', 'e2e']
      .flatMap(list)
      .map((file) => path.basename(file).replace(/\.(test|spec)\.tsx?$/, '')),
  );
  const [, threats = ''] = read('docs/security.md').split('## Threats');
  const rows =
    threats
      .split('## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| ')) ?? [];
  const named = rows.slice(2).flatMap((row) => {
    const cell = row.split('|').at(-2) ?? '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  });
  expect(named.length).toBeGreaterThan(rows.length);
  expect(named.filter((name) => !tests.has(name) && name !== 'npm run chaos')).toEqual([]);
});

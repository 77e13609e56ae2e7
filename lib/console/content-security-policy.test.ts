import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, SONNER_STYLES } from './content-security-policy.ts';

test('the style sheet of sonner is the one whose hash is known', async () => {
  const main = createRequire(import.meta.url).resolve('sonner');
  const source = await readFile(path.join(path.dirname(main), 'index.mjs'), 'utf8');
  const [, literal = ''] = /^__insertCSS\((".*")\);?$/m.exec(source) ?? [];
  const styles: unknown = JSON.parse(literal);
  expect(`sha256-${hash('sha256', String(styles), 'base64')}`).toBe(SONNER_STYLES);
});

test('no style and no script is allowed for being in the page', () => {
  const policy = contentSecurityPolicy('of-one-answer');
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toContain("style-src 'self' 'nonce-of-one-answer' 'sha256-");
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** What a file imports, as it writes it. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);
}

/** The first folder, which is the feature; a file that is in none is one by itself. */
const featureOf = (file: string) => file.split(path.sep)[0] ?? '';

test.each(files)('%s names its own feature relatively, and others with #lib', (file) => {
  const foreign = importsOf(file).filter((specifier) => {
    if (specifier.startsWith('#lib/')) return featureOf(path.normalize(specifier.slice(5))) === featureOf(file);
    return specifier.startsWith('.') && featureOf(path.join(path.dirname(file), specifier)) !== featureOf(file);
  });
  expect(foreign).toEqual([]);
});

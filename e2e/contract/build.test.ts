import path from 'node:path';
import { expect, test } from 'vitest';
import { BUILD_SECRET, TEST_DIST_DIR } from '#testing/console-build.ts';
import { readFiles, SecretSearch } from '#testing/planted-secrets.ts';

const dist = path.resolve(import.meta.dirname, '../..', TEST_DIST_DIR);

// Tens of megabytes are searched for a hundred strings.
test('the build holds nothing of the secrets that it was made beside, and browsers get nothing of the server', async () => {
  const built = new SecretSearch({ secret: BUILD_SECRET });
  const files = (await readFiles(dist)).filter(({ file }) => !file.startsWith(path.join(dist, 'cache')));
  expect(files.filter(({ text }) => built.find(text).length > 0).map(({ file }) => file)).toEqual([]);
  const client = files.filter(({ file }) => file.startsWith(path.join(dist, 'static')));
  expect(client.length).toBeGreaterThan(5);
  expect(client.filter(({ file }) => file.endsWith('.map'))).toEqual([]);
  const ofTheServer = /LATCHKEY_SECRET|DATABASE_URL|keyCiphertext|key_ciphertext|passwordHash|password_hash|hkdf/;
  expect(client.filter(({ text }) => ofTheServer.test(text)).map(({ file }) => file)).toEqual([]);
});

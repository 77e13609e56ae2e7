import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describeUsers, setPassword } from '#lib/auth/set-password.ts';
import { openDb } from '#lib/db.ts';
import { ConfigurationError, env } from '#lib/env.ts';
import { runToEnd } from '#lib/process/run-to-end.ts';
import { openDatabase } from '#lib/start/database.ts';

/** Gives the user ADMIN_EMAIL the password ADMIN_PASSWORD, or one that is made and printed; ends their sessions. */
async function main(): Promise<number> {
  const settings = env();
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: given } = settings;
  const dataDir = path.resolve(import.meta.dirname, '..', settings.LATCHKEY_DATA_DIR);
  const { urls, close } = await openDatabase(settings, dataDir, { mayShare: true });
  const db = openDb(urls.owner);
  try {
    const password = given ?? randomBytes(12).toString('base64url');
    const refusal = await setPassword(db, email, password);
    if (refusal) throw new ConfigurationError(describeUsers(refusal));
    console.log(`${email} signs in with ${given ? 'the password in ADMIN_PASSWORD' : password} now.`);
    return 0;
  } finally {
    await db.$disconnect();
    await close();
  }
}

await runToEnd(main);

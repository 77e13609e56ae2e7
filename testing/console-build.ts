import { hash } from 'node:crypto';
import { ensureConsoleBuild } from '#scripts/build-console.ts';

/** The tests' own build, so that a running instance keeps its files. */
export const TEST_DIST_DIR = '.next-test';

/** What is in the environment while that build is made. */
export const BUILD_SECRET = hash('sha256', 'planted beside the build', 'buffer');

/** Makes it where a secret is known, which must not get into it. */
export function ensureTestBuild(): Promise<void> {
  return ensureConsoleBuild(TEST_DIST_DIR, { LATCHKEY_SECRET: BUILD_SECRET.toString('base64') });
}

/** Global set-up of the test runners. */
export default ensureTestBuild;

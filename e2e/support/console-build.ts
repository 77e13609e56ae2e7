import { ensureConsoleBuild } from '#scripts/build-console.ts';

/** The tests' own build, so that a running instance keeps its files. */
export const TEST_DIST_DIR = '.next-test';

/** Global set-up of the test runners. */
export default () => ensureConsoleBuild(TEST_DIST_DIR);

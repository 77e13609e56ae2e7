import { ensureTestBuild, TEST_DIST_DIR } from '#testing/console-build.ts';
import { startProduct } from './product.ts';

/** Starts the product once for all journeys. Each journey has an account of its own in it. */
export default async function setup() {
  await ensureTestBuild();
  const { stop, ...facts } = await startProduct(TEST_DIST_DIR);
  // Test workers inherit the environment, and nothing else.
  process.env.LATCHKEY_PRODUCT = JSON.stringify(facts);
  return stop;
}

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import './testing/compile-cache.ts';

const cluster = './testing/test-cluster.ts';
// Tests wait for events. Only one that never comes reaches these, however busy the machine is.
const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  env: { LOG_LEVEL: 'warn' },
  execArgv: ['--disable-warning=ExperimentalWarning'],
};

export default defineConfig({
  test: {
    // Most tests wait for other processes: by default there would be one at a time on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          globalSetup: [cluster],
          include: ['{app,bench,components,lib,messages}/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'contract',
          globalSetup: [cluster, './testing/console-build.ts'],
          include: ['e2e/contract/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'attacks',
          globalSetup: [cluster, './testing/console-build.ts'],
          include: ['e2e/attacks/**/*.test.ts'],
        },
      },
    ],
  },
});

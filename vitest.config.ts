import { defineConfig } from 'vitest/config';

const cluster = './testing/test-cluster.ts';
const shared = { testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
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
    ],
  },
});

import { defineConfig } from 'vitest/config';

const shared = { globalSetup: './e2e/support/test-cluster.ts', testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'unit', include: ['{app,components,lib,messages}/**/*.test.ts'] } },
      { test: { ...shared, name: 'contract', include: ['e2e/contract/**/*.test.ts'] } },
    ],
  },
});

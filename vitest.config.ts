import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // By default one core is left idle; of two that is half the machine.
    maxWorkers: '100%',
  },
});

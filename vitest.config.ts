/** Unit tests beside their sources: `.test.ts` needs nothing, `.pg.test.ts` a real PostgreSQL that the test starts itself. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { __ALLOW_DEBUG_PORT__: 'false' }, // set by scripts/build/build-main.mjs
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/dist-test/**', '**/release/**', '**/release-test/**', '**/.cache/**', 'test/e2e/**'],
    environment: 'node',
    pool: 'forks', // native modules and database child processes
    testTimeout: 20_000,
    hookTimeout: 90_000, // the first start of a PostgreSQL on a busy machine
    restoreMocks: true,
  },
})

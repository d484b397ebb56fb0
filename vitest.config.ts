/** Unit tests beside their sources: `.test.ts` needs nothing, `.pg.test.ts` a real PostgreSQL. */
import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/dist/**', '**/dist-test/**', '**/release/**', '**/release-test/**', '**/.cache/**', 'test/e2e/**']

export default defineConfig({
  define: { __ALLOW_DEBUG_PORT__: 'false' }, // set by scripts/build/build-main.mjs
  test: {
    environment: 'node',
    pool: 'forks', // native modules and database child processes
    testTimeout: 20_000,
    hookTimeout: 90_000, // the first start of a PostgreSQL on a busy machine
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...outside, '**/*.pg.test.ts'] } },
      { extends: true, test: { name: 'pg', include: ['**/*.pg.test.ts'], exclude: outside, globalSetup: ['server/db/test-database.ts'] } }, // one PostgreSQL for all
    ],
  },
})

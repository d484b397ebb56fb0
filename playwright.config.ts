/** End-to-end tests: the real app against a real server and database. `npm test` brings up a display where there is none. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.{e2e,spec,test}.ts', 'at-rest/**/*.spec.ts'],
  outputDir: 'artifacts/e2e',
  fullyParallel: false,
  workers: 1, // each test has up to two apps, a server and a database of its own
  retries: 0, // a test that needs a second try is a finding
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
})

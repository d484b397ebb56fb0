/** `npm run audit:export`: see server/audit/export-command.ts. */
import { runInForeground, runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'

await runMain('audit:export', async () => {
  await setUp()
  return runInForeground('server', 'audit', 'export-command.ts')
})

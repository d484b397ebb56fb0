/** `npm run restore`: see server/backup/restore-command.ts. */
import { runInForeground, runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'

await runMain('restore', async () => {
  await setUp()
  return runInForeground('server', 'backup', 'restore-command.ts')
})

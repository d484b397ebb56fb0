/** `npm run backup`: see server/backup/backup-command.ts. */
import { runInForeground, runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'

await runMain('backup', async () => {
  await setUp()
  return runInForeground('server', 'backup', 'backup-command.ts')
})

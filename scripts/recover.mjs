/** `npm run recover`: see main/recovery/recover-command.ts. */
import { runInForeground, runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'

await runMain('recover', async () => {
  await setUp()
  return runInForeground('main', 'recovery', 'recover-command.ts')
})

/** `npm run audit:verify`: see server/audit/proof/verify-command.ts. */
import { runInForeground, runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'

await runMain('audit:verify', async () => {
  await setUp()
  return runInForeground('server', 'audit', 'proof', 'verify-command.ts')
})

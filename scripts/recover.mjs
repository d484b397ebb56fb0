/** `npm run recover`: see main/recovery/recover-command.ts. */
import { spawnSync } from 'node:child_process'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

try {
  await setUp()
  // In this process group, so that it may ask for a passphrase on the terminal.
  const { status } = spawnSync(projectNode, [inProject('main', 'recovery', 'recover-command.ts'), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? projectRoot,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(`recover: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

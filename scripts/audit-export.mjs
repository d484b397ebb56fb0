/** `npm run audit:export`: see server/audit/export-command.ts. */
import { spawnSync } from 'node:child_process'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

try {
  await setUp()
  const { status } = spawnSync(projectNode, [inProject('server', 'audit', 'export-command.ts'), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? projectRoot,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(`audit:export: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

/**
 * Stands beside a PostgreSQL that tests or benches share: standard input is a pipe from their process, and closes with it, however that
 * ends. What is still running then is stopped as the next start in the folder would stop it. Arguments: the folder, and `remove` where nobody needs it any more.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { stopOrphan } from './embedded/orphan.ts'

const [folder = '', after] = process.argv.slice(2)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined) // Ctrl-C is for the tests
await new Promise((over) => process.stdin.once('close', over).resume())
await stopOrphan(join(folder, 'postgres', 'data'))
if (after === 'remove') rmSync(folder, { recursive: true, force: true })

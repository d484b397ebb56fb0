import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { simulationFlags } from './simulation-flags.ts'

export interface PlayReport {
  readonly played: number
  readonly failures: readonly { readonly name: string; readonly violations: readonly string[] }[]
  readonly hashes: Readonly<Record<string, string>> // of the trace, by 'seed 7' or a kept plan's name
}

/** Plays seeds in a process of its own, as each worker of `npm run sim` is. */
export async function playSeeds(args: readonly string[]): Promise<PlayReport> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-sim-test-'))
  const json = join(folder, 'report.json')
  const command = [...simulationFlags, join(import.meta.dirname, 'play.ts'), '--no-shrink', '--json', json, ...args]
  await promisify(execFile)(process.execPath, command, { timeout: 180_000, killSignal: 'SIGKILL' }).catch(() => undefined) // the report says what failed
  const report = JSON.parse(readFileSync(json, 'utf8')) as PlayReport
  rmSync(folder, { recursive: true })
  return report
}

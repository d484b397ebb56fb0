import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { appFolder } from '../support/project.ts'
import { simulationFlags } from './simulation-flags.ts'

/**
 * Tests the simulation: each patch of `planted/` is a bug that somebody could have made. Applied to a copy of the sources,
 * one by one, the simulation has to find each within so many seeds. A patch may begin with
 * `# with: restore`: then only seeds with that kind of fault are played, the others count as played in vain; and with
 * `# found by seed 7 (I4)`, which `--record` writes: `--known-first` plays that one before the others.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20001' }, // from 20,000 on seeds draw all there is
    seeds: { type: 'string', default: '1000' },
    'known-first': { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    workers: { type: 'string', default: '2' },
    'apply-only': { type: 'boolean', default: false },
  },
})
/** A bug that makes the world hang has to be found by something else. */
const MOST_MS = 1_200_000
const folder = join(import.meta.dirname, 'planted')
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.patch'))
  .map((name) => name.slice(0, -'.patch'.length))
  .sort()
const names = values.only === undefined ? all : values.only.split(',').filter((name) => all.includes(name))

interface Finding {
  readonly name: string
  readonly rule: string | null // null = not found
  readonly seed: number // the one that found it, or the last; 0 = none was played
  readonly problem?: string
}

/** The sources with one patch, in a folder of its own. @throws where the patch no longer applies */
function makeCopy(name: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'rapport-planted-'))
  for (const part of ['main', 'renderer', 'server', 'shared', 'test', 'package.json']) {
    cpSync(join(appFolder, part), join(copy, part), { recursive: true, filter: (path) => !/\.(test\.tsx?|png|patch)$|\/test\/e2e|\/sim\/regressions/.test(path) })
  }
  symlinkSync(join(appFolder, 'node_modules'), join(copy, 'node_modules'))
  execFileSync('git', ['apply', '--recount', '--unidiff-zero', join(folder, `${name}.patch`)], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, GIT_DIR: join(copy, 'none') },
  })
  return copy
}

/** Plays seeds in the copy until one fails. */
async function play(name: string, copy: string, seeds: readonly string[]): Promise<Finding> {
  const report = join(copy, 'report.json')
  const args = [join(copy, 'test/sim/play.ts'), '--stop-at-first', '--no-shrink', '--json', report, ...seeds]
  await new Promise<void>((resolve) => {
    spawn(process.execPath, [...simulationFlags, ...args], { cwd: copy, stdio: 'ignore', timeout: MOST_MS, killSignal: 'SIGKILL' }).once('exit', () => resolve())
  })
  const { lastSeed, failures } = JSON.parse(readFileSync(report, 'utf8')) as { lastSeed: number; failures: { rule: string; violations: string[] }[] }
  const problem = failures[0]?.violations[0]?.slice(0, 200)
  return { name, rule: failures[0]?.rule ?? null, seed: lastSeed, ...(problem ? { problem } : {}) }
}

/** Writes into the patch which seed finds it. */
function record({ name, rule, seed }: Finding): void {
  const path = join(folder, `${name}.patch`)
  const rest = readFileSync(path, 'utf8').replace(/^# found by.*\n/m, '')
  writeFileSync(path, `# found by seed ${seed} (${rule})\n${rest}`)
}

async function find(name: string): Promise<Finding> {
  let copy: string | undefined
  try {
    copy = makeCopy(name)
    if (values['apply-only']) return { name, rule: 'applies', seed: 0 }
    const patch = readFileSync(join(folder, `${name}.patch`), 'utf8')
    const known = values['known-first'] ? patch.match(/^# found by seed (\d+)/m)?.[1] : undefined
    const again = known === undefined ? undefined : await play(name, copy, ['--seed', known, '--seeds', '1'])
    if (again?.rule) return again
    const needs = patch.match(/^# with: (\w+)/m)?.[1]
    return await play(name, copy, ['--seed', values.seed, '--seeds', values.seeds, ...(needs ? ['--with', needs] : [])])
  } catch (error) {
    return { name, rule: null, seed: 0, problem: String(error).slice(0, 300) }
  } finally {
    if (copy) rmSync(copy, { recursive: true, force: true })
  }
}

const findings: Finding[] = []
const waiting = [...names]
async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const finding = await find(name)
    findings.push(finding)
    if (values.record && finding.rule !== null && finding.seed > 0) record(finding)
    console.log(
      `${finding.rule === null ? 'MISSED' : 'found '} ${finding.name.padEnd(60)} ${(finding.rule ?? '-').padEnd(8)} seed ${finding.seed}${finding.rule === null ? ` ${finding.problem ?? ''}` : ''}`,
    )
  }
}
await Promise.all(Array.from({ length: Number(values.workers) }, work))
const found = findings.filter(({ rule }) => rule !== null).length
console.log(`planted: ${found} of ${names.length} found`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ found, planted: names.length, findings }, null, 2)}\n`)
process.exitCode = found === names.length ? 0 : 1

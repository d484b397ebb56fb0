import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { appFolder } from '../support/project.ts'

/**
 * Tests the simulation: each patch of `planted/` is a bug that somebody could have made. Applied to a copy of the sources,
 * one by one, the simulation has to find each within so many seeds. A patch may begin with
 * `# with: restore`: then only seeds with that kind of fault are played, the others count as played in vain.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
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
  readonly seeds: number // up to the one that found it
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

async function find(name: string): Promise<Finding> {
  let copy: string | undefined
  try {
    copy = makeCopy(name)
    if (values['apply-only']) return { name, rule: 'applies', seeds: 0 }
    const report = join(copy, 'report.json')
    await new Promise<void>((resolve) => {
      const needs = readFileSync(join(folder, `${name}.patch`), 'utf8').match(/^# with: (\w+)/)?.[1]
      const args = [join(copy ?? '', 'test/sim/play.ts'), '--seeds', values.seeds, '--stop-at-first', '--no-shrink', '--json', report]
      spawn(process.execPath, needs ? [...args, '--with', needs] : args, { cwd: copy, stdio: 'ignore', timeout: MOST_MS }).once('exit', () => resolve())
    })
    const { lastSeed, failures } = JSON.parse(readFileSync(report, 'utf8')) as { lastSeed: number; failures: { rule: string; violations: string[] }[] }
    return { name, rule: failures[0]?.rule ?? null, seeds: lastSeed, ...(failures[0] ? { problem: failures[0].violations[0]?.slice(0, 200) ?? '' } : {}) }
  } catch (error) {
    return { name, rule: null, seeds: 0, problem: String(error).slice(0, 300) }
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
    console.log(
      `${finding.rule === null ? 'MISSED' : 'found '} ${finding.name.padEnd(60)} ${(finding.rule ?? '-').padEnd(8)} ${finding.seeds} seeds${finding.rule === null ? ` ${finding.problem ?? ''}` : ''}`,
    )
  }
}
await Promise.all(Array.from({ length: Number(values.workers) }, work))
const found = findings.filter(({ rule }) => rule !== null).length
console.log(`planted: ${found} of ${names.length} found`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ found, planted: names.length, findings }, null, 2)}\n`)
process.exitCode = found === names.length ? 0 : 1

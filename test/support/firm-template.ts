import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFolder } from './project.ts'
import { startTestServer } from './test-server.ts'

/** Outside the project: PostgreSQL runs as a user of its own, who has to reach the folder. */
const TEMPLATES = join(tmpdir(), 'rapport-e2e-templates')
const SOURCES = ['server', 'shared', 'package-lock.json']

const OLD_MS = 6 * 3_600_000

/**
 * A data folder with the sample firm in it, made once for each state of the sources and each day, since the firm's past
 * ends today. Two runs at a time may both make it; the first one counts.
 */
async function firmTemplate(scale = 1): Promise<string> {
  const folder = join(TEMPLATES, `${new Date().toISOString().slice(0, 10)}-${fingerprint()}${scale === 1 ? '' : `-x${scale}`}`)
  if (existsSync(folder)) return folder
  mkdirSync(TEMPLATES, { recursive: true })
  for (const name of readdirSync(TEMPLATES)) removeOld(join(TEMPLATES, name))
  const making = `${folder}.making-${process.pid}`
  try {
    const server = await startTestServer({ dataDir: making, env: { RAPPORT_SAMPLE: '1', RAPPORT_SAMPLE_SCALE: String(scale) }, readyWithinMs: 240_000 })
    await server.stop()
    if (!existsSync(folder)) renameSync(making, folder)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return folder
}

function removeOld(path: string): void {
  const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (ageMs > OLD_MS) rmSync(path, { recursive: true, force: true })
}

/** Copies the template with owners and modes, which PostgreSQL insists on. */
export async function copyFirm(to: string, scale = 1): Promise<void> {
  const from = await firmTemplate(scale)
  mkdirSync(to, { recursive: true })
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', `${from}/.`, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Could not copy the sample firm: ${stderr}`)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) for (const file of listFiles(join(appFolder, source))) if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

function listFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)))
}

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

/** A data folder with the sample firm in it, made once for each state of the sources and each day, since the firm's past ends today. */
export async function firmTemplate(): Promise<string> {
  const folder = join(TEMPLATES, `${new Date().toISOString().slice(0, 10)}-${fingerprint()}`)
  if (existsSync(folder)) return folder
  for (const name of existsSync(TEMPLATES) ? readdirSync(TEMPLATES) : []) rmSync(join(TEMPLATES, name), { recursive: true, force: true })
  const making = `${folder}.making`
  mkdirSync(making, { recursive: true })
  const server = await startTestServer({ dataDir: making, env: { RAPPORT_SAMPLE: '1' }, readyWithinMs: 240_000 })
  await server.stop()
  renameSync(making, folder)
  return folder
}

/** Copies the template with owners and modes, which PostgreSQL insists on. */
export async function copyFirm(to: string): Promise<void> {
  const from = await firmTemplate()
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

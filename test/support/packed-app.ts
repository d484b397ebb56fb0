/** The app as it is packed: not the sources in a development Electron, but the binary with its fuses and its archive. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, test as base, chromium, expect, type Page } from '@playwright/test'
import { freePort } from './free-port.ts'
import { connectProbe, type Probe } from './probe.ts'
import { endProcess, pidOf } from './processes.ts'
import { projectNode, projectRoot } from './project.ts'
import { removeFolder } from './remove-folder.ts'
import { waitFor } from './wait-for.ts'

const run = promisify(execFile)
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
/** Root would need `--no-sandbox`; the walls are tested with the sandbox up. */
const asPlainUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

export type PackageKind = 'shipped' | 'test'

/** A package somebody without rights can start: in a folder of its own, with a home. */
export interface PackedApp {
  readonly executable: string
  readonly home: string
  /** Starts it; nothing of the tests' own environment but the display and what is given. */
  spawn(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess
  /** Exit code, or 'running' when it still runs after a while; then it is ended. */
  outcome(args: readonly string[], env?: Readonly<Record<string, string>>, withinMs?: number): Promise<number | 'running'>
}

/** A test package that runs, its page and the inside of its main process in reach. */
export interface DrivenApp {
  readonly page: Page
  readonly probe: Probe
  readonly pid: number
  readonly userData: string
  readonly output: () => string
  close(): Promise<void>
}

async function unpackFor(kind: PackageKind, folder: string): Promise<PackedApp> {
  const script = join(projectRoot, 'scripts', 'package.mjs')
  await run(projectNode, [script, '--if-changed', ...(kind === 'test' ? ['--test'] : [])], { cwd: projectRoot, maxBuffer: 64 << 20, timeout: 300_000 })
  chmodSync(folder, 0o755) // a clone may lie where another user cannot reach it
  cpSync(join(projectRoot, kind === 'test' ? 'release-test' : 'release', 'linux-unpacked'), folder, { recursive: true })
  const home = join(folder, 'home')
  mkdirSync(home)
  if (isRoot) chownSync(home, NOBODY, NOBODY)
  const executable = join(folder, 'rapport')
  const start: PackedApp['spawn'] = (args, env = {}) => {
    const { DISPLAY = '', PATH = '' } = process.env
    return spawn(executable, args, { env: { DISPLAY, PATH, HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8', ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...asPlainUser })
  }
  const outcome: PackedApp['outcome'] = async (args, env, withinMs = 6_000) => {
    const child = start(args, env)
    const exit = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
    const early = await Promise.race([exit, new Promise<'running'>((resolve) => setTimeout(resolve, withinMs, 'running'))])
    await endProcess(pidOf(child), 'SIGKILL')
    return early
  }
  return { executable, home, spawn: start, outcome }
}

/** A driver that comes while the page loads may wait for ever. */
const isPageThere = ({ BrowserWindow }: typeof import('electron')): boolean => {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents
  return contents !== undefined && contents.getURL() !== '' && !contents.isLoading()
}

/** Starts the test package with a profile of its own, and waits for its page and its probe. */
export async function drive(app: PackedApp, serverUrl: string, env: Readonly<Record<string, string>> = {}): Promise<DrivenApp> {
  const userData = mkdtempSync(join(app.home, 'profile-'))
  if (isRoot) chownSync(userData, NOBODY, NOBODY)
  const probePath = join(userData, 'probe.sock')
  const port = await freePort()
  const child = app.spawn([`--remote-debugging-port=${port}`], { RAPPORT_USER_DATA: userData, RAPPORT_SERVER_URL: serverUrl, RAPPORT_E2E: '1', RAPPORT_PROBE: probePath, ...env })
  const pid = pidOf(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output = `${output}${data}`.slice(-20_000)))
  let browser: Browser | undefined
  let probe: Probe | undefined
  const close = async () => {
    await browser?.close().catch(() => undefined)
    probe?.close()
    await endProcess(pid, 'SIGKILL')
    removeFolder(userData)
  }
  try {
    probe = await waitFor('the probe of the test package', () => connectProbe(probePath).catch(() => undefined), { withinMs: 60_000 })
    const ready = probe
    await waitFor('its page', async () => (await ready.run(isPageThere)) || undefined, { withinMs: 30_000 })
    browser = await waitFor('its debugging port', () => chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 10_000 }).catch(() => undefined), { withinMs: 30_000 })
    const opened = browser
    const page = await waitFor('its window', () => opened.contexts()[0]?.pages()[0], { withinMs: 30_000 })
    await expect(page.getByTestId('sign-in-email')).toBeVisible({ timeout: 30_000 })
    return { page, probe, pid, userData, output: () => output, close }
  } catch (error) {
    await close()
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`)
  }
}

const packageFixture = (kind: PackageKind) =>
  [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use: (app: PackedApp) => Promise<void>) => {
      const folder = mkdtempSync(join(tmpdir(), `rapport-${kind}-`))
      try {
        await use(await unpackFor(kind, folder))
      } finally {
        removeFolder(folder)
      }
    },
    { scope: 'worker' as const, timeout: 300_000 },
  ] as const

/** `shipped` and `packed` (the test package): made when their sources changed, unpacked once for all tests of a worker. */
export const test = base.extend<object, { readonly shipped: PackedApp; readonly packed: PackedApp }>({
  shipped: packageFixture('shipped') as never,
  packed: packageFixture('test') as never,
})
export { expect }

import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { serverEnv, serverSwitches } from '../../scripts/process/server-switches.mjs'
import { endProcess, pidOf, readOfProcess, signalProcess } from './processes.ts'
import { appFolder, projectNode } from './project.ts'
import { waitFor } from './wait-for.ts'

export interface ServerOptions {
  readonly dataDir: string
  readonly port?: number // 0 = any free one
  readonly env?: Readonly<Record<string, string>>
  readonly readyWithinMs?: number
  readonly nodeArgs?: readonly string[] // before the server's own file
}

/** A server process of one test, with a database of its own. */
export interface TestServer {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** Ends it as an administrator would; the database closes with it. */
  stop(): Promise<void>
  /** Ends it as a power cut would: nothing is closed. */
  kill(): Promise<void>
  /** It neither answers nor refuses, like a captive portal or a dead link. */
  suspend(): void
  resume(): void
}

const endsWithTest = join(appFolder, 'test', 'support', 'ends-with-test.mjs')

/** Tests sign in more often than people do. */
const TEST_ENV = { RAPPORT_SIGN_INS_PER_ACCOUNT: '1000', RAPPORT_SIGN_INS_PER_IP: '1000', HOST: '127.0.0.1' }

/** Starts `server/server.ts` and waits until it says that it is ready. It ends with this process, however that ends. */
export async function startTestServer({ dataDir, port = 0, env = {}, readyWithinMs = 60_000, nodeArgs = [] }: ServerOptions): Promise<TestServer> {
  const logPath = join(dataDir, '..', `${basename(dataDir)}.server.log`)
  mkdirSync(dataDir, { recursive: true })
  const log = createWriteStream(logPath, { flags: 'a' })
  const child = spawn(projectNode, [...serverSwitches, '--import', endsWithTest, ...nodeArgs, join(appFolder, 'server', 'server.ts')], {
    cwd: appFolder,
    env: { ...process.env, ...serverEnv, ...TEST_ENV, PORT: String(port), RAPPORT_DATA_DIR: dataDir, ...env },
    stdio: ['pipe', 'pipe', 'pipe'], // nothing is said by the first: its end tells the server that the test's process is gone
    detached: true, // Ctrl-C goes to the test runner alone
  })
  let url: string | undefined
  const lastLines: string[] = []
  const keep = (line: string) => {
    log.write(`${line}\n`)
    lastLines.splice(0, lastLines.push(line) - 20)
    url ??= findReadyUrl(line)
  }
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', keep)
  const pid = pidOf(child)
  try {
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null
    const readyUrl = await waitFor('the server to be ready', () => url ?? (hasEnded() ? Promise.reject(new Error('The server ended')) : undefined), { withinMs: readyWithinMs })
    return { url: readyUrl, pid, dataDir, ...controls(pid, dataDir) }
  } catch (error) {
    await endProcess(pid, 'SIGKILL')
    await endDatabase(dataDir)
    throw new Error(`${error instanceof Error ? error.message : error}. Its log ends with:\n${lastLines.join('\n')}`)
  }
}

function controls(pid: number, dataDir: string): Pick<TestServer, 'stop' | 'kill' | 'suspend' | 'resume'> {
  return {
    stop: async () => {
      signalProcess(pid, 'SIGCONT') // a suspended process cannot end itself
      await endProcess(pid, 'SIGTERM')
      await endDatabase(dataDir)
    },
    kill: async () => {
      await endProcess(pid, 'SIGKILL')
      await endDatabase(dataDir)
    },
    suspend: () => void signalProcess(pid, 'SIGSTOP'),
    resume: () => void signalProcess(pid, 'SIGCONT'),
  }
}

/** Ends the PostgreSQL that a killed server left behind, by the pid that its own data folder names; another program may have that number by now. */
async function endDatabase(dataDir: string): Promise<void> {
  const file = findPidFile(dataDir)
  const pid = file === undefined ? Number.NaN : Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (Number.isInteger(pid) && readOfProcess(pid, 'cmdline').includes('postgres')) await endProcess(pid, 'SIGTERM')
}

function findPidFile(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined
  const folders = [dataDir, ...readdirSync(dataDir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(dataDir, entry.name)] : []))]
  return folders.map((folder) => join(folder, 'postmaster.pid')).find((path) => existsSync(path))
}

/** @returns the address, when the line is the `server.ready` event */
function findReadyUrl(line: string): string | undefined {
  if (!line.includes('"server.ready"')) return undefined
  const entry = JSON.parse(line) as { readonly event?: string; readonly url?: string }
  return entry.event === 'server.ready' ? entry.url : undefined
}

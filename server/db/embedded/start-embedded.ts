import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { lockFolder } from './lock-folder.ts'
import { PATIENCE_MS, stopOrphan } from './orphan.ts'
import { databaseOsUser, type OsUser } from './os-user.ts'
import { findPrograms, type Programs } from './programs.ts'
import { openWay } from './reachable.ts'

export interface EmbeddedPostgres {
  readonly url: string // of the database 'rapport' as its owner, with the password: never to be logged
  readonly appUrl: string // the same as the run-time role, which owns nothing and is held to the policies of rows
  /** Resolves when the process has ended; rejects never. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000
const LOG_MAX_BYTES = 5_000_000
const run = promisify(execFile)
const asUser = (user: OsUser | null) => (user ? { uid: user.uid, gid: user.gid } : {})

/** What programs need anywhere. The server's own environment holds secrets, and a superuser of the database could read them from there. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'SYSTEMROOT']
const bareEnvironment = () => Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no free port'))))
    })
  })
}

/** The cluster's password, made on the first start and readable by the server's user only. */
function readPassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' })
  return readFileSync(path, 'utf8').trim()
}

/** Makes the cluster under another name first, so that a start that was cut off leaves nothing half made. */
async function makeCluster(programs: Programs, clusterDir: string, password: string, user: OsUser | null): Promise<void> {
  const unfinished = `${clusterDir}.unfinished`
  const passwordFile = `${clusterDir}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid)
  try {
    const options = ['--username=rapport', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums']
    await run(programs.initdb, ['-D', unfinished, ...options], { ...asUser(user), cwd: '/', env: bareEnvironment() })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, clusterDir)
}

/** No statement text and no values in its log: they hold client data. Errors of statements quote values; the server logs their codes. */
const settingsOf = (port: number, extra: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    ...extra,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

const APP_ROLE = 'rapport_app'

/** The run-time role, made or set right at each start: a folder from before it, or one restored without its password, gets it too. */
async function makeAppRole(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE])
  const verb = rows.length === 0 ? 'CREATE' : 'ALTER'
  await client.query(`${verb} ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '${password}'`) // 48 hex digits, see readPassword
}

async function whenReady(url: string, appPassword: string, child: ChildProcess, logPath: string): Promise<void> {
  const untilMs = Date.now() + READY_WITHIN_MS
  while (Date.now() < untilMs) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start; its log is ${logPath}`)
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      const { rows } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'rapport'`)
      if (rows.length === 0) await client.query('CREATE DATABASE rapport')
      await makeAppRole(client, appPassword)
      return
    } catch {
      await sleep(40) // not listening yet, or still recovering
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw new Error(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1_000} s; its log is ${logPath}`)
}

/**
 * A PostgreSQL of the server's own below `dataDir`, on a free port of the loopback address, run as a user of its own
 * where the server is root. Its data survives; a start after a crash recovers as PostgreSQL does.
 * @param extraSettings of PostgreSQL; tests give up durability for speed with it
 */
export async function startEmbedded(dataDir: string, extraSettings: Readonly<Record<string, string>> = {}): Promise<EmbeddedPostgres> {
  const root = resolve(dataDir)
  const folder = join(root, 'postgres')
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const user = databaseOsUser()
  if (user) openWay(folder, root, user)
  const programs = findPrograms(folder, user)
  const clusterDir = join(folder, 'data')
  const unlock = lockFolder(folder)
  const password = readPassword(join(folder, 'password'))
  const appPassword = readPassword(join(folder, 'app-password'))
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) await makeCluster(programs, clusterDir, password, user)
  await stopOrphan(clusterDir)

  const port = await freePort()
  const logPath = join(folder, 'postgres.log')
  const log = openLog(logPath)
  const child = spawn(programs.postgres, ['-D', clusterDir, ...settingsOf(port, extraSettings)], {
    ...asUser(user),
    cwd: dirname(clusterDir),
    env: bareEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const address = `127.0.0.1:${port}`
  const url = `postgres://rapport:${password}@${address}/rapport`
  const appUrl = `postgres://${APP_ROLE}:${appPassword}@${address}/rapport`
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT') // fast shutdown: ends sessions, writes a checkpoint
    const insist = setTimeout(() => child.kill('SIGQUIT'), 2 * PATIENCE_MS)
    await ended
    clearTimeout(insist)
    unlock()
  }
  try {
    await whenReady(`postgres://rapport:${password}@${address}/postgres`, appPassword, child, logPath)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, appUrl, ended, stop }
}

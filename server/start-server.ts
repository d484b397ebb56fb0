import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { localDateOf } from '../shared/lib/local-date.ts'
import { FIRM_ZONE } from './auth/access.ts'
import type { Config } from './config.ts'
import { type EmbeddedPostgres, startEmbedded } from './db/embedded/start-embedded.ts'
import { migrate } from './db/migrate.ts'
import { type Db, openDatabase } from './db/open-database.ts'
import { buildApp } from './http/build-app.ts'
import { endStreams } from './http/event-stream.ts'
import { executorDepsOf } from './http/executor-deps.ts'
import { startCleanUp } from './jobs/clean-up.ts'
import { isEmpty, sampleDepsOf } from './sample/executor-sample.ts'
import type { ExecutorDeps } from './sync/execute-batch.ts'
import { HeadListener } from './sync/head-listener.ts'

const DRAIN_MS = 10_000
/** Time for a load balancer to see /readyz at 503 before the port closes. */
const NOTICE_MS = 300
const DAY_CHECK_MS = 30_000

export interface RunningServer {
  readonly url: string
  /** Resolves when the embedded database has ended, on its own or by `stop`; never for another one. */
  readonly databaseEnded: Promise<void>
  stop(): Promise<void>
}

async function openPostgres(config: Config, log: FastifyBaseLogger): Promise<{ url: string; embedded: EmbeddedPostgres | null }> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, embedded: null }
  const startedAtMs = Date.now()
  const embedded = await startEmbedded(config.dataDir)
  log.info({ event: 'database.embedded-started', durationMs: Date.now() - startedAtMs })
  return { url: embedded.url, embedded }
}

/** Coverage begins and ends with the firm's day, without any commit: devices are told to look. */
function watchDay(heads: HeadListener): NodeJS.Timeout {
  let day = localDateOf(Date.now(), FIRM_ZONE)
  return setInterval(() => {
    const today = localDateOf(Date.now(), FIRM_ZONE)
    if (today !== day) heads.repeat()
    day = today
  }, DAY_CHECK_MS)
}

async function addSample(executor: ExecutorDeps, config: Config, log: FastifyBaseLogger): Promise<void> {
  if (!config.sample || !(await isEmpty(executor))) return
  const startedAtMs = Date.now()
  const onProgress = (done: number, total: number): void => log.info({ event: 'sample.progress', done, total })
  const { loadSampleFirm } = await import('./sample/load-sample-firm.ts') // large, and needed once
  await loadSampleFirm(sampleDepsOf(executor, { dataDir: config.dataDir, nowMs: Date.now, onProgress }), { ...config.sample, nowMs: startedAtMs })
  log.info({ event: 'sample.loaded', durationMs: Date.now() - startedAtMs })
}

/** Everything up to listening; what was started is stopped again where a later step fails. */
export async function startServer(config: Config, log: FastifyBaseLogger): Promise<RunningServer> {
  const { url: databaseUrl, embedded } = await openPostgres(config, log)
  const db = openDatabase(databaseUrl, () => log.warn({ event: 'database.connection-lost' }))
  const heads = new HeadListener(databaseUrl)
  let isDraining = false
  try {
    const steps = await migrate(db)
    if (steps.length > 0) log.info({ event: 'database.migrated', steps })
    const executor = executorDepsOf(db, config, log)
    await addSample(executor, config, log)
    await heads.open()
    const app = await buildApp({ db, config, heads, executor, nowMs: Date.now, isDraining: () => isDraining }, log)
    await app.listen({ host: config.host, port: config.port, listenTextResolver: () => 'listening' })
    const dayWatch = watchDay(heads)
    const stopCleanUp = startCleanUp(db, log)
    const address = app.server.address()
    const port = address !== null && typeof address === 'object' ? address.port : config.port
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
    log.info({ event: 'server.ready', url })
    const stop = async (): Promise<void> => {
      isDraining = true
      clearInterval(dayWatch)
      stopCleanUp()
      await sleep(NOTICE_MS)
      endStreams()
      await Promise.race([app.close(), sleep(DRAIN_MS, undefined, { ref: false })])
      app.server.closeAllConnections()
      await closeAll(db, heads, embedded)
    }
    return { url, databaseEnded: embedded?.ended ?? new Promise(() => undefined), stop }
  } catch (error) {
    await closeAll(db, heads, embedded)
    throw error
  }
}

async function closeAll(db: Db, heads: HeadListener, embedded: EmbeddedPostgres | null): Promise<void> {
  await heads.close()
  await db.destroy()
  await embedded?.stop()
}

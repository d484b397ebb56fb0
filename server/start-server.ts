import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { localDateOf } from '../shared/lib/local-date.ts'
import { PUSH_MAX_COMMANDS } from '../shared/sync/protocol.ts'
import type { Signer } from '../shared/sync/signing.ts'
import { announceEpoch } from './audit/announce-epoch.ts'
import { openServerSigner } from './audit/server-signer.ts'
import { Witness, type WitnessDeps } from './audit/witness.ts'
import { FIRM_ZONE } from './auth/access.ts'
import type { Config } from './config.ts'
import { buildApp } from './http/build-app.ts'
import { endStreams } from './http/event-stream.ts'
import { executorDepsOf } from './http/executor-deps.ts'
import { startCleanUp } from './jobs/clean-up.ts'
import { type OpenPostgres, openPostgres } from './open-postgres.ts'
import { isEmpty, sampleDepsOf } from './sample/executor-sample.ts'
import { markSampleUnfinished, markSampleWhole } from './sample/unfinished-sample.ts'
import type { ExecutorDeps } from './sync/execute-batch.ts'
import { HeadListener } from './sync/head-listener.ts'
import { Turns } from './sync/turns.ts'

const DRAIN_MS = 10_000
/** Time for a load balancer to see /readyz at 503 before the port closes. */
const NOTICE_MS = 300
const DAY_CHECK_MS = 30_000
/** Of pushes: three full ones, of which one writes behind the head while the others are worked out. More of them only keep more memory alive; small ones do not wait. */
const COMMANDS_AT_A_TIME = 3 * PUSH_MAX_COMMANDS

export interface RunningServer {
  readonly url: string
  /** Resolves when the embedded database has ended, on its own or by `stop`; never for another one. */
  readonly databaseEnded: Promise<void>
  stop(): Promise<void>
}

/** Coverage begins and ends with the firm's day, without any commit: devices are told to look. */
function watchDay(heads: HeadListener): () => void {
  let day = localDateOf(Date.now(), FIRM_ZONE)
  const timer = setInterval(() => {
    const today = localDateOf(Date.now(), FIRM_ZONE)
    if (today !== day) heads.repeat()
    day = today
  }, DAY_CHECK_MS)
  return () => clearInterval(timer)
}

async function addSample(executor: ExecutorDeps, signer: Signer, config: Config, log: FastifyBaseLogger, stopping: AbortSignal): Promise<void> {
  if (!config.sample || !(await isEmpty(executor))) return
  const startedAtMs = Date.now()
  const onProgress = (done: number, total: number): void => log.info({ event: 'sample.progress', done, total })
  const { loadSampleFirm } = await import('./sample/load-sample-firm.ts') // large, and needed once
  if (config.databaseUrl === null) markSampleUnfinished(config.dataDir) // of an office's database nothing is ever thrown away
  await loadSampleFirm(sampleDepsOf(executor, { dataDir: config.dataDir, signer, nowMs: Date.now, onProgress, stopping }), { ...config.sample, nowMs: startedAtMs })
  markSampleWhole(config.dataDir)
  log.info({ event: 'sample.loaded', durationMs: Date.now() - startedAtMs })
}

/** A folder that cannot be written must not keep a firm from working; the log says each start that nobody watches. */
async function startWitness(deps: WitnessDeps): Promise<Witness | null> {
  try {
    return await Witness.start(deps)
  } catch (error) {
    deps.log.error({ event: 'witness.missing', folder: deps.folder, errorName: error instanceof Error ? error.name : typeof error })
    return null
  }
}

/**
 * Everything up to listening; what was started is stopped again where a later step fails.
 * @param stopping aborted = nobody waits for it any more: making the sample firm, which takes a while, ends with an error
 */
export async function startServer(config: Config, log: FastifyBaseLogger, stopping: AbortSignal): Promise<RunningServer> {
  const startedAtMs = Date.now()
  const postgres = await openPostgres(config, () => log.warn({ event: 'database.connection-lost' }))
  const heads = new HeadListener(postgres.url)
  log.info({ event: 'database.open', isEmbedded: postgres.embedded !== null, migrated: postgres.migrated, isNewEpoch: postgres.isNewEpoch, durationMs: Date.now() - startedAtMs })
  if (postgres.isOwner) log.warn({ event: 'database.run-time-role-owns-tables' }) // see docs/guide/office-server.md
  try {
    return await listen(config, log, postgres, heads, stopping)
  } catch (error) {
    await heads.close()
    await postgres.close()
    throw error
  }
}

async function listen(config: Config, log: FastifyBaseLogger, postgres: OpenPostgres, heads: HeadListener, stopping: AbortSignal): Promise<RunningServer> {
  const { db } = postgres
  const executor = executorDepsOf(db, config, log)
  const signer = openServerSigner(config.dataDir)
  if (await announceEpoch(db, signer, Date.now())) log.warn({ event: 'epoch.announced' })
  await addSample(executor, signer, config, log, stopping)
  await heads.open()
  const witness = await startWitness({ db, signer, folder: config.witnessDir, log, nowMs: Date.now })
  let isDraining = false
  const app = await buildApp(
    {
      db,
      config,
      heads,
      executor,
      pushTurns: new Turns(COMMANDS_AT_A_TIME),
      signer,
      hasHistoryAlarm: () => witness?.isAlarmed === true,
      nowMs: Date.now,
      isDraining: () => isDraining,
    },
    log,
  )
  try {
    await app.listen({ host: config.host, port: config.port, listenTextResolver: () => 'listening' })
  } catch (error) {
    await witness?.stop() // its looks would keep the process alive
    throw error
  }
  const stopJobs = [watchDay(heads), startCleanUp(db, log)]
  const url = urlOf(app, config)
  // Which key laptops seal their keys to is of the same rank as a change of rights: whoever reads the log compares it.
  log.info({ event: 'recovery.key', publicKey: config.recoveryKey })
  log.info({ event: 'server.ready', url })
  const stop = async (): Promise<void> => {
    isDraining = true
    for (const stopJob of stopJobs) stopJob()
    await sleep(NOTICE_MS)
    endStreams()
    await Promise.race([app.close(), sleep(DRAIN_MS, undefined, { ref: false })])
    app.server.closeAllConnections()
    await witness?.stop()
    await heads.close()
    await postgres.close()
  }
  return { url, databaseEnded: postgres.embedded?.ended ?? new Promise(() => undefined), stop }
}

function urlOf(app: FastifyInstance, { host, port }: Config): string {
  const address = app.server.address()
  const listening = address !== null && typeof address === 'object' ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${listening}`
}

import { readConfig } from './config.ts'
import { openLog } from './log.ts'
import { type RunningServer, startServer } from './start-server.ts'

/** Runs until SIGTERM or SIGINT, also while it starts; a configuration or start that fails ends with code 1 and says why. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const stopping = new AbortController()
  let running: RunningServer | null = null
  const end = async (server: RunningServer): Promise<void> => {
    try {
      await server.stop()
      log.info({ event: 'server.stopped' })
    } catch (error) {
      log.error({ event: 'server.stop-failed', errorName: error instanceof Error ? error.name : typeof error })
      process.exitCode = 1
    }
  }
  const stop = (signal: string): void => {
    if (stopping.signal.aborted) return
    log.info({ event: 'server.stopping', signal })
    stopping.abort()
    if (running) void end(running)
  }
  // Before there is anything to stop: ended by the system, the server would leave its database running.
  process.on('SIGTERM', () => stop('SIGTERM')) // a supervisor may send it twice: the second one must not cut the first short
  process.on('SIGINT', () => stop('SIGINT'))
  try {
    running = await startServer(config, log, stopping.signal)
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    return log.info({ event: 'server.stopped' })
  }
  if (stopping.signal.aborted) return end(running)
  void running.databaseEnded.then(() => {
    if (stopping.signal.aborted) return
    log.fatal({ event: 'database.ended' })
    process.exitCode = 1 // whoever supervises the server starts both again
    stop('database')
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

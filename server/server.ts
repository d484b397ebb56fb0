import { readConfig } from './config.ts'
import { openLog } from './log.ts'
import { startServer } from './start-server.ts'

/** Runs until SIGTERM or SIGINT; a configuration or start that fails ends with code 1 and says why. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const server = await startServer(config, log)
  let isStopping = false
  const stop = (signal: string): void => {
    if (isStopping) return
    isStopping = true
    log.info({ event: 'server.stopping', signal })
    void server.stop().then(
      () => log.info({ event: 'server.stopped' }),
      (error: unknown) => {
        log.error({ event: 'server.stop-failed', errorName: error instanceof Error ? error.name : typeof error })
        process.exitCode = 1
      },
    )
  }
  void server.databaseEnded.then(() => {
    if (isStopping) return
    log.fatal({ event: 'database.ended' })
    process.exitCode = 1 // whoever supervises the server starts both again
    stop('database')
  })
  process.on('SIGTERM', () => stop('SIGTERM')) // a supervisor may send it twice: the second one must not cut the first short
  process.on('SIGINT', () => stop('SIGINT'))
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

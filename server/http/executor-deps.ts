import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import type { Db } from '../db/open-database.ts'
import { createFeedReader } from '../feeds/read-in-worker.ts'
import type { ExecutorDeps } from '../sync/execute-batch.ts'

export const executorDepsOf = (db: Db, config: Config, log: FastifyBaseLogger): ExecutorDeps => ({
  db,
  reader: createFeedReader(),
  firmIbans: config.firmIbans,
  // The message may hold values of a row, so only its kind and place are logged.
  onBug: (error, commandName) => log.error({ event: 'command.bug', commandName, errorName: error instanceof Error ? error.name : typeof error, stack: stackOf(error) }),
})

const stackOf = (error: unknown): string =>
  (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .join('\n')

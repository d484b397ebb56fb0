import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import type { Db } from '../db/open-database.ts'
import { createFeedReader } from '../feeds/read-apart.ts'
import { stackOf } from '../log.ts'
import type { ExecutorDeps } from '../sync/execute-batch.ts'

export const executorDepsOf = (db: Db, config: Config, log: FastifyBaseLogger): ExecutorDeps => ({
  db,
  reader: createFeedReader(),
  firmIbans: config.firmIbans,
  onBug: (error, commandName) => log.error({ event: 'command.bug', commandName, errorName: error instanceof Error ? error.name : typeof error, stack: stackOf(error) }),
})

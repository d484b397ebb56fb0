import type pg from 'pg'
import { readConfig } from '../config.ts'
import { findRunning } from '../db/embedded/find-running.ts'
import { startEmbedded } from '../db/embedded/start-embedded.ts'
import { openClient } from '../db/open-database.ts'

/**
 * One connection to the configured database: the office's, the embedded one that a server is running right now, or the
 * embedded one started for this.
 * @param mayBeRunning false: a server that uses the embedded one is in the way, and the start says so
 */
export async function runOnDatabase<T>({ mayBeRunning }: { readonly mayBeRunning: boolean }, task: (database: { readonly client: pg.Client }) => Promise<T>): Promise<T> {
  const { databaseUrl, databaseOwnerUrl, dataDir } = readConfig(process.env)
  const known = databaseOwnerUrl ?? databaseUrl ?? (mayBeRunning ? findRunning(dataDir) : null)
  const embedded = known === null ? await startEmbedded(dataDir) : null
  try {
    const client = await openClient(known ?? embedded?.url ?? '')
    try {
      return await task({ client })
    } finally {
      await client.end()
    }
  } finally {
    await embedded?.stop()
  }
}

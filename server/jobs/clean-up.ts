import type { FastifyBaseLogger } from 'fastify'
import type { Db } from '../db/open-database.ts'

const EVERY_MS = 3_600_000

/** Removes what has no meaning any more: sessions past their absolute end, and counts of sign-in attempts. */
async function cleanUp(db: Db, nowMs: number): Promise<void> {
  await db.deleteFrom('session').where('refresh_expires_at_ms', '<', nowMs).execute()
  await db.deleteFrom('oidc_attempt').where('expires_at_ms', '<', nowMs).execute()
  await db
    .deleteFrom('attempt')
    .where('since_ms', '<', nowMs - EVERY_MS)
    .execute()
}

/** Cleans up every hour; on several servers at once it does no harm. @returns stops it */
export function startCleanUp(db: Db, log: FastifyBaseLogger): () => void {
  const run = (): void => void cleanUp(db, Date.now()).catch(() => log.warn({ event: 'clean-up.failed' }))
  const timer = setInterval(run, EVERY_MS)
  return () => clearInterval(timer)
}

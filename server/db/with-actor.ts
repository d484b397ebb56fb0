import { sql } from 'kysely'
import type { Db, Tx } from './open-database.ts'

/**
 * A transaction in the name of a person: the setting lives as long as the transaction, so that it cannot leak to the
 * next request on the pooled connection. Everything a request reads or writes goes through here.
 * @param actorId null = the server itself
 * @param isolation 'repeatable read' makes all reads see one moment (rule L1)
 */
export function withActor<T>(db: Db, actorId: string | null, work: (tx: Tx) => Promise<T>, isolation: 'read committed' | 'repeatable read' = 'read committed'): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel(isolation)
    .execute(async (tx) => {
      await sql`SELECT set_config('rapport.actor', ${actorId ?? ''}, true)`.execute(tx)
      return work(tx)
    })
}

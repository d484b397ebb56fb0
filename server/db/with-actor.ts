import { sql } from 'kysely'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { Db, Tx } from './open-database.ts'
import { type Statement, sendAhead } from './together.ts'

/** The server itself: the executor's own work, jobs and set-up. Policies of rows name it; it is no bypass. */
const SYSTEM = 'system'

/**
 * A transaction in the name of a person: the setting lives as long as the transaction, so that it cannot leak to the
 * next request on the pooled connection. Everything a request reads or writes of clients goes through here; outside of it
 * a connection sees what sign-in needs, and nothing of clients (rule R2).
 * @param actorId null = the server itself
 * @param isolation 'repeatable read' makes all reads see one moment (rule L1); nothing can be written in it
 * @param todayOn the firm's day, on which coverage counts; null = by the database's clock
 */
export function withActor<T>(
  db: Db,
  actorId: string | null,
  work: (tx: Tx) => Promise<T>,
  isolation: 'read committed' | 'repeatable read' = 'read committed',
  todayOn: LocalDate | null = null,
): Promise<T> {
  const isReading = isolation === 'repeatable read'
  const begun = db.transaction().setIsolationLevel(isolation)
  return (isReading ? begun.setAccessMode('read only') : begun).execute(async (tx) => {
    await setActor(tx, actorId ?? SYSTEM, todayOn, 'read', actorId !== null && isReading)
    return work(tx)
  })
}

/** Sent without waiting for it; what follows is judged in that name. @param isKept what this actor sees may be found once for the whole transaction: nothing in it writes coverage */
async function setActor(tx: Tx, actor: string, todayOn: LocalDate | null, mode: 'read' | 'write' = 'read', isKept = false): Promise<void> {
  const keep = isKept ? sql`, set_config('rapport.keep', ${actor}, true)` : sql``
  await sendAhead(tx, actorIs(actor, todayOn, mode, keep))
}

const actorIs = (actor: string, todayOn: LocalDate | null, mode: 'read' | 'write', keep = sql``): Statement<unknown> =>
  sql`SELECT set_config('rapport.actor', ${actor}, true), set_config('rapport.today', ${todayOn ?? ''}, true), set_config('rapport.mode', ${mode}, true)${keep}`

/**
 * What begins and ends a part of the server's transaction in which rows are written in the name of a person: policies of rows hold for each of them. Where
 * one fails, the way back to the savepoint puts the settings back too.
 */
export const inNameOf = (personId: string, todayOn: LocalDate | null): { readonly begin: Statement<unknown>; readonly end: Statement<unknown> } => ({
  begin: actorIs(personId, todayOn, 'write'),
  end: actorIs(SYSTEM, todayOn, 'read'),
})

/** A part of a person's transaction in which the server looks at rows that are not theirs to see; none of them may get into the answer. */
export async function lookAsSystem<T>(tx: Tx, personId: string, todayOn: LocalDate, work: () => Promise<T>): Promise<T> {
  await setActor(tx, SYSTEM, todayOn)
  const found = await work()
  await setActor(tx, personId, todayOn)
  return found
}

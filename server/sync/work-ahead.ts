import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { loadPeople } from '../auth/people.ts'
import type { Tx } from '../db/open-database.ts'
import { isRowAtFault } from '../db/pg-error.ts'
import { withActor } from '../db/with-actor.ts'
import type { ChainedCommand } from './check-signatures.ts'
import { type Batch, dayOf, type ExecutorDeps } from './execute-batch.ts'
import type { TakenHead } from './head.ts'
import { findMissingFile, type PreparedCommand } from './prepare-batch.ts'
import { draftRecords, type RecordDraft } from './record-runs.ts'
import { benchOf, runAll } from './run-batch.ts'
import type { Run } from './run-commands.ts'
import { planWrites, render, type WritePlan } from './write-changes.ts'

/** Where these change, the server looks at more rows than the command named: that is done behind the head. */
const FAR_REACHING: ReadonlySet<TableName> = new Set(['outcomeClaims', 'accounts', 'accountActivities', 'feedFiles', 'verificationCases'])

/** What a batch comes to on the rows of one moment, while other writers hold the head. */
interface Worked {
  readonly seq: number // the head at that moment
  readonly epoch: string
  readonly runs: readonly Run[]
  readonly lookedAt: readonly string[] // ids of rows, found or not
}

/** The same with everything that will be written, as text. */
export interface Ahead extends Worked {
  readonly chain: readonly ChainedCommand[]
  readonly plan: WritePlan
  readonly records: RecordDraft
}

/**
 * Runs a batch before the head is taken. It counts only if nothing that it looked at has changed by then (`isStillSo`).
 * @param lastN of the device as it was last seen
 * @returns null where it has to be done behind the head: by its effects, or because something about it is odd
 */
export async function workAhead(deps: ExecutorDeps, batch: Batch, prepared: readonly PreparedCommand[], lastN: number): Promise<Worked | null> {
  const fresh = prepared.filter(({ envelope }) => envelope.n > lastN)
  const { actor } = batch
  if (fresh.length === 0 || !actor || findMissingFile(fresh) || batch.mayWait?.size) return null
  if (actor.role === 'controller') return null // what a controller sees follows from claims of others
  try {
    return await withActor(deps.db, null, (tx) => work(deps, tx, batch, fresh), 'repeatable read', dayOf(batch))
  } catch (error) {
    if (isRowAtFault(error)) return null
    throw error
  }
}

async function work(deps: ExecutorDeps, tx: Tx, batch: Batch, commands: readonly PreparedCommand[]): Promise<Worked | null> {
  const { seq, epoch } = await tx.selectFrom('head').select(['seq', 'epoch']).executeTakeFirstOrThrow()
  let isOdd = false
  const giveUp = () => {
    isOdd = true
  }
  const bench = benchOf(deps, tx, batch, await loadPeople(tx))
  const effects = async (command: PreparedCommand, changes: readonly RowChange[], context: Parameters<typeof bench.effects>[2]) => {
    if (!changes.some(({ table }) => FAR_REACHING.has(table))) return bench.effects(command, changes, context)
    giveUp()
    return []
  }
  const runs = await runAll({ ...bench, effects, onBug: giveUp }, commands, () => isOdd)
  return isOdd ? null : { seq, epoch, runs, lookedAt: bench.loader.rows.listIds() }
}

/** @param chained null = a signature does not hold, which is said behind the head */
export function draftAhead(batch: Batch, worked: Worked | null, chained: readonly ChainedCommand[] | null): Ahead | null {
  if (!worked || chained?.length !== worked.runs.length) return null
  const { runs } = worked
  const plan = planWrites(
    runs.flatMap((r) => r.changes),
    runs.flatMap((r) => r.own),
  )
  return { ...worked, chain: chained, plan: render(plan), records: draftRecords(batch, runs, chained) }
}

/**
 * Whether the batch would come to the same now that the head is held. Each changed row has its newest number in the feed;
 * rows are read by id, but coverage by household and people all together, so any change of those counts.
 * @param taken what the device's order lets the server take
 */
export async function isStillSo(tx: Tx, ahead: Ahead, head: TakenHead, taken: readonly ChainedCommand[]): Promise<boolean> {
  const isSame =
    taken.length === ahead.chain.length && taken.every(({ command, deviceHash }, i) => command === ahead.chain[i]?.command && deviceHash === ahead.chain[i]?.deviceHash)
  if (!isSame || head.epoch !== ahead.epoch) return false
  if (head.seq === ahead.seq) return true
  const { rows } = await sql<{ isTouched: boolean }>`SELECT EXISTS (SELECT FROM feed WHERE seq > ${ahead.seq}
    AND (table_name IN ('colleagues', 'teams', 'coverages') OR row_id = ANY(${ahead.lookedAt}::uuid[]))) AS "isTouched"`.execute(tx)
  return rows[0]?.isTouched === false
}

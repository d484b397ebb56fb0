import { type RawBuilder, sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { must } from '../../shared/lib/must.ts'
import { askForPeople } from '../auth/people.ts'
import type { Tx } from '../db/open-database.ts'
import { isRowAtFault } from '../db/pg-error.ts'
import { together } from '../db/together.ts'
import { withActor } from '../db/with-actor.ts'
import { BatchLoader } from './batch-loader.ts'
import { type ChainedCommand, type CheckedAhead, checkAhead, type DeviceChain, deviceChain, findDeviceChain, NO_CHAIN } from './check-signatures.ts'
import { type Batch, dayOf, type ExecutorDeps } from './execute-batch.ts'
import { headSeen, type TakenHead } from './head.ts'
import { findMissingFile, type PreparedCommand } from './prepare-batch.ts'
import { draftRecords, type RecordDraft } from './record-runs.ts'
import { benchOf, callsOf, runAll } from './run-batch.ts'
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

/** What is known of a push before the head is taken. */
export interface Foreseen {
  readonly checked: CheckedAhead
  readonly ahead: Ahead | null // null where it has to be done behind the head: by its effects, or because something about it is odd
}

/** Runs a batch and checks its signatures before the head is taken. It counts only if nothing that it looked at has changed by then (`touchedSince`). */
export async function foresee(deps: ExecutorDeps, batch: Batch, prepared: readonly PreparedCommand[]): Promise<Foreseen> {
  let checking: Promise<CheckedAhead> | undefined
  const check = (chain: DeviceChain): Promise<CheckedAhead> => {
    checking ??= checkAhead(batch.deviceId, chain, prepared)
    return checking
  }
  const worked = canWorkAhead(batch, prepared) ? await workAhead(deps, batch, prepared, check) : null
  const checked = await (checking ?? check(await findDeviceChain(deps.db, batch.deviceId)))
  return { checked, ahead: await draftAhead(batch, worked, checked.chained) }
}

/** What a controller sees follows from claims of others. */
const canWorkAhead = ({ actor, mayWait }: Batch, prepared: readonly PreparedCommand[]): boolean =>
  actor !== null && actor.role !== 'controller' && !mayWait?.size && !findMissingFile(prepared)

/** @param onChain told as soon as the device's chain is known: signatures are checked while rows are loaded */
async function workAhead(deps: ExecutorDeps, batch: Batch, prepared: readonly PreparedCommand[], onChain: (chain: DeviceChain) => unknown): Promise<Worked | null> {
  try {
    return await withActor(deps.db, null, (tx) => work(deps, tx, batch, prepared, onChain), 'repeatable read', dayOf(batch))
  } catch (error) {
    if (isRowAtFault(error)) return null
    throw error
  }
}

async function work(deps: ExecutorDeps, tx: Tx, batch: Batch, prepared: readonly PreparedCommand[], onChain: (chain: DeviceChain) => unknown): Promise<Worked | null> {
  const { question, people } = askForPeople(deps.db)
  const loader = new BatchLoader(tx, batch.actor?.id ?? null)
  const begun = loader.begin(callsOf(prepared))
  const [heads, chains, changed, seen, coverages, ...rows] = await together(tx, headSeen(tx), deviceChain(batch.deviceId), question, begun.seen, begun.coverages, ...begun.rows)
  const head = must(heads.rows[0], 'head')
  const chain = chains.rows[0] ?? NO_CHAIN
  onChain(chain)
  begun.takeIn(seen, coverages, rows)
  const fresh = prepared.filter(({ envelope }) => envelope.n > chain.lastN)
  if (fresh.length === 0) return null
  let isOdd = false
  const giveUp = () => {
    isOdd = true
  }
  const bench = benchOf(deps, tx, batch, await people(tx, head, changed.rows[0]?.isChanged !== false), loader)
  const effects = async (command: PreparedCommand, changes: readonly RowChange[], context: Parameters<typeof bench.effects>[2]) => {
    if (!changes.some(({ table }) => FAR_REACHING.has(table))) return bench.effects(command, changes, context)
    giveUp()
    return []
  }
  const runs = await runAll({ ...bench, effects, onBug: giveUp }, fresh, () => isOdd)
  return isOdd ? null : { ...head, runs, lookedAt: loader.rows.listIds() }
}

/** @param chained null = a signature does not hold, which is said behind the head */
async function draftAhead(batch: Batch, worked: Worked | null, chained: readonly ChainedCommand[] | null): Promise<Ahead | null> {
  if (!worked || chained?.length !== worked.runs.length) return null
  const { runs } = worked
  const plan = planWrites(
    runs.flatMap((r) => r.changes),
    runs.flatMap((r) => r.own),
  )
  return { ...worked, chain: chained, plan: render(plan), records: await draftRecords(batch, runs, chained) }
}

/**
 * Whether anything changed behind that moment that a batch looked at. Each changed row has its newest number in the feed; rows are read by id, but coverage
 * by household and people all together, so any change of those counts.
 */
export const touchedSince = ({ seq, lookedAt }: Pick<Worked, 'seq' | 'lookedAt'>): RawBuilder<{ isTouched: boolean }> => sql`SELECT EXISTS (SELECT FROM feed WHERE seq > ${seq}
    AND (table_name IN ('colleagues', 'teams', 'coverages') OR row_id = ANY(${lookedAt}::uuid[]))) AS "isTouched"`

/**
 * Whether the batch comes to the same now that the head is held.
 * @param isTouched the answer to `touchedSince`, asked behind the head
 * @param taken what the device's order lets the server take
 */
export function isStillSo(ahead: Ahead, { epoch }: TakenHead, isTouched: boolean, taken: readonly ChainedCommand[]): boolean {
  const isSame =
    taken.length === ahead.chain.length && taken.every(({ command, deviceHash }, i) => command === ahead.chain[i]?.command && deviceHash === ahead.chain[i]?.deviceHash)
  return isSame && epoch === ahead.epoch && !isTouched
}

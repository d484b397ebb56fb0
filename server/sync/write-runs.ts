import { sql } from 'kysely'
import { loadPeople, type People } from '../auth/people.ts'
import type { Tx } from '../db/open-database.ts'
import { isPolicyViolation, isRowAtFault } from '../db/pg-error.ts'
import { sendAhead } from '../db/together.ts'
import type { ChainedCommand } from './check-signatures.ts'
import { refusalOfViolation } from './constraint-refusals.ts'
import { type Batch, dayOf, type ExecutorDeps } from './execute-batch.ts'
import type { Head, TakenHead } from './head.ts'
import type { PreparedCommand } from './prepare-batch.ts'
import { draftRecords, type RecordDraft, recordStatements } from './record-runs.ts'
import { benchOf, runAll } from './run-batch.ts'
import { type Run, refused, runCommand } from './run-commands.ts'
import type { Ahead } from './work-ahead.ts'
import { type Maker, planWrites, runSteps, stepOf, stepsOf, type WritePlan, writePlan } from './write-changes.ts'

/** A batch whose rows are written. */
export interface Written {
  readonly runs: readonly Run[]
  readonly seq: number
  readonly records: RecordDraft | null // answers and trail that are still to be written
  readonly waiting: Run | null // behind the last run: it and those after it stay with the device
}

/** A laptop may stay away for 14 days before it hears of a restore, and waits for others' work for 14 more. */
const AWAITED_MS = 28 * 86_400_000

/** Without a restore to mend every refusal is final: nobody tries commands on the server that leave no entry in the trail. */
function sinceRestore(batch: Batch, { restoredAtMs }: TakenHead): Batch {
  const [first] = batch.envelopes
  const isAwaited = restoredAtMs !== null && first !== undefined && batch.receivedAtMs(first) - restoredAtMs < AWAITED_MS
  return isAwaited ? batch : { ...batch, mayWait: new Set() }
}

const mustWait = ({ mayWait }: Batch, { command, error }: Run): boolean => error !== null && mayWait?.has(command.envelope.id) === true

/** Who writes what: a person their commands' rows, the server what follows from them. */
const makerOf = (batch: Batch): Maker | null => batch.actor && { id: batch.actor.id, todayOn: dayOf(batch) }

const planOf = (runs: readonly Run[]): WritePlan =>
  planWrites(
    runs.flatMap((r) => r.changes),
    runs.flatMap((r) => r.own),
  )

/** @returns null where the database refused; nothing of `work` remains */
async function unlessRefused<T>(tx: Tx, work: () => Promise<T>): Promise<T | null> {
  await sendAhead(tx, sql`SAVEPOINT together`)
  try {
    return await work()
  } catch (error) {
    if (!isRowAtFault(error)) throw error
    await sql`ROLLBACK TO SAVEPOINT together`.execute(tx)
    return null
  }
}

/** Writes what was worked out before the head was taken, answers and trail too, in one round trip. null = the database refused. */
export function writeAhead(tx: Tx, batch: Batch, { runs, plan, records }: Ahead, head: Head): Promise<Written | null> {
  const seq = head.seq + plan.seqs
  const steps = [...stepsOf(plan, head.seq, makerOf(batch)), ...recordStatements(batch.deviceId, head, seq, records).map(stepOf)]
  return unlessRefused(tx, async () => {
    await runSteps(tx, steps)
    return { runs, seq, records: null, waiting: null }
  })
}

/** Runs and writes a batch while the head is held. */
export async function runBehindHead(deps: ExecutorDeps, tx: Tx, asked: Batch, taken: readonly ChainedCommand[], head: TakenHead): Promise<Written> {
  const batch = sinceRestore(asked, head)
  const people = await loadPeople(tx)
  const lastSeq = head.seq
  const commands = taken.map(({ command }) => command)
  const together = await unlessRefused(tx, async () => {
    const all = await runAll(benchOf(deps, tx, batch, people), commands, (run) => mustWait(batch, run))
    const last = all.at(-1)
    const waiting = last && mustWait(batch, last) ? last : null
    const runs = waiting ? all.slice(0, -1) : all
    return { runs, waiting, seq: await writePlan(tx, planOf(runs), lastSeq, makerOf(batch)) }
  })
  const written = together ?? (await runApart(deps, tx, batch, people, commands, lastSeq))
  return { ...written, records: await draftRecords(batch, written.runs, taken.slice(0, written.runs.length)) }
}

/** Each command for itself, so that the one whose rows the database does not take is refused and the others go on. */
async function runApart(deps: ExecutorDeps, tx: Tx, batch: Batch, people: People, commands: readonly PreparedCommand[], lastSeq: number): Promise<Omit<Written, 'records'>> {
  const runs: Run[] = []
  let seq = lastSeq
  for (const command of commands) {
    await sendAhead(tx, sql`SAVEPOINT apart`)
    let run: Run
    try {
      run = await runCommand(benchOf(deps, tx, batch, people), command)
      seq = await writePlan(tx, planOf([run]), seq, makerOf(batch))
    } catch (error) {
      if (!isRowAtFault(error)) throw error
      await sql`ROLLBACK TO SAVEPOINT apart`.execute(tx)
      const refusal = refusalOfViolation(error)
      if (refusal.code === 'app/bug' || isPolicyViolation(error)) deps.onBug(error, command.envelope.name)
      run = refused(command, refusal)
    }
    await sendAhead(tx, sql`RELEASE SAVEPOINT apart`)
    if (mustWait(batch, run)) return { runs, seq, waiting: run }
    runs.push(run)
  }
  return { runs, seq, waiting: null }
}

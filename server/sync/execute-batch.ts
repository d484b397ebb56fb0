import { sql } from 'kysely'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandOutcome, PushResponse, SignedCommand } from '../../shared/sync/push.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import { can } from '../auth/can.ts'
import { loadPeople, type People } from '../auth/people.ts'
import { Standing } from '../auth/standing.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { isPolicyViolation, isRowAtFault } from '../db/pg-error.ts'
import { withActor, writeAs } from '../db/with-actor.ts'
import type { FeedReader } from '../feeds/read-apart.ts'
import { BatchLoader } from './batch-loader.ts'
import { checkOrder } from './check-order.ts'
import { checkAhead, findDeviceChain } from './check-signatures.ts'
import { refusalOfViolation } from './constraint-refusals.ts'
import { effectsOf } from './effects.ts'
import { takeHead } from './head.ts'
import { findMissingFile, isReaderBusy, type PreparedCommand, prepareBatch } from './prepare-batch.ts'
import { recordRuns } from './record-runs.ts'
import { type Bench, type Run, refused, runCommand } from './run-commands.ts'
import { type Writer, writeChanges } from './write-changes.ts'

export interface Batch {
  readonly deviceId: string
  readonly actor: Actor | null // null = the set-up
  readonly envelopes: readonly SignedCommand[] // in order of n
  readonly receivedAtMs: (envelope: SignedCommand) => number // one moment for a push; the sample's past has many
  readonly mayWait?: ReadonlySet<string> // ids of commands that stay with the device where they would be refused (B6)
}

export interface ExecutorDeps {
  readonly db: Db
  readonly reader: FeedReader
  readonly firmIbans: readonly string[]
  readonly onBug: (error: unknown, commandName: string) => void
  /** Absent = the policy. Tests put another one in its place to see that the policies of rows hold alone. */
  readonly can?: typeof can
}

interface Written {
  readonly runs: readonly Run[]
  readonly seq: number
  readonly waiting: Run | null // behind the last run: it and those after it stay with the device
}

/** The id under which the set-up acts; no colleague has it. */
const SETUP_ACTOR = '00000000-0000-0000-0000-000000000000'

/**
 * Takes a device's commands in order, each exactly once (rules P and H). All effects, answers and trail entries are in
 * one transaction. Errors: 'sync/gap', 'sync/reused-id', 'sync/bad-signature', 'session/device-revoked'; 'feed/file-missing' where a command
 * names bytes that are not uploaded: it and those behind it stay with the device, those before it are taken. So does a
 * command that may wait and would be refused, but the answer is no error.
 */
export async function executeBatch(deps: ExecutorDeps, batch: Batch): Promise<Result<PushResponse, AppError>> {
  reach('server.push.received')
  const prepared = await prepareBatch(deps, batch.envelopes, batch.actor?.role ?? null)
  if (isReaderBusy(prepared)) return err(appError('server/unavailable'))
  reach('server.push.prepared')
  const checked = await checkAhead(batch.deviceId, await findDeviceChain(deps.db, batch.deviceId), prepared)
  const work = async (tx: Tx): Promise<Result<PushResponse, AppError>> => {
    const head = await takeHead(tx)
    reach('server.push.head-taken')
    const order = await checkOrder(tx, batch.deviceId, prepared, checked)
    if (!order.ok) return order
    reach('server.push.order-checked')
    const fresh = order.value.fresh.map(({ command }) => command)
    const missing = findMissingFile(fresh)
    const taken = order.value.fresh.slice(0, missing ? fresh.indexOf(missing.command) : fresh.length)
    const commands = taken.map(({ command }) => command)
    const written = commands.length > 0 ? await take(deps, tx, batch, commands, head.seq) : null
    const done = taken.slice(0, written?.runs.length ?? 0)
    if (written && done.length > 0) {
      await recordRuns(tx, batch, head, { ...written, chain: done })
      order.value.stored.push(...written.runs.map(outcomeOf))
      reach('server.push.before-commit')
    }
    if (missing && !written?.waiting) return err(appError('feed/file-missing', { n: missing.command.envelope.n, sha256: missing.sha256 }))
    const end = { lastN: order.value.lastN + done.length, lastHash: done.at(-1)?.deviceHash ?? order.value.lastHash }
    return ok({ outcomes: order.value.stored, ...end, ...waitingOf(written) })
  }
  return withActor(deps.db, null, work, 'read committed', dayOf(batch))
}

async function take(deps: ExecutorDeps, tx: Tx, batch: Batch, commands: readonly PreparedCommand[], lastSeq: number): Promise<Written> {
  const people = await loadPeople(tx)
  const written = (await tryTogether(deps, tx, batch, people, commands, lastSeq)) ?? (await runApart(deps, tx, batch, people, commands, lastSeq))
  reach('server.push.rows-written')
  return written
}

const mustWait = ({ mayWait }: Batch, { command, error }: Run): boolean => error !== null && mayWait?.has(command.envelope.id) === true

function waitingOf(written: Written | null): Pick<PushResponse, 'waiting'> {
  const run = written?.waiting
  return run?.error ? { waiting: { n: run.command.envelope.n, error: run.error } } : {}
}

/** The firm's day on which the policies of rows judge a batch: that of its last command. */
function dayOf({ envelopes, receivedAtMs }: Batch): LocalDate | null {
  const last = envelopes.at(-1)
  return last ? localDateOf(receivedAtMs(last), FIRM_ZONE) : null
}

export const outcomeOf = ({ command, error }: Run): CommandOutcome => ({ n: command.envelope.n, id: command.envelope.id, status: error ? 'refused' : 'applied', error })

function benchOf(deps: ExecutorDeps, tx: Tx, batch: Batch, people: People): Bench {
  const loader = new BatchLoader(tx, batch.actor?.id ?? null)
  const standings = new Map<number, Standing | null>() // one for a push, whose commands are received at one moment
  return {
    loader,
    standingAt: (atMs) => {
      const known = standings.get(atMs)
      if (known !== undefined) return known
      const standing = batch.actor && new Standing(batch.actor, people, loader.rows, localDateOf(atMs, FIRM_ZONE))
      standings.set(atMs, standing)
      return standing
    },
    actorId: batch.actor?.id ?? SETUP_ACTOR,
    receivedAtMs: batch.receivedAtMs,
    effects: effectsOf(tx, loader, deps),
    onBug: deps.onBug,
    can: deps.can ?? can,
  }
}

/** Who writes what: a person their commands' rows, the server what follows from them. */
function writerOf(tx: Tx, batch: Batch, runs: readonly Run[]): Writer | null {
  const { actor } = batch
  return actor && { own: runs.flatMap((r) => r.own), asPerson: (work) => writeAs(tx, actor.id, dayOf(batch), work) }
}

/** All commands on rows loaded together and written together. null = the database refused; nothing of it remains. */
async function tryTogether(deps: ExecutorDeps, tx: Tx, batch: Batch, people: People, commands: readonly PreparedCommand[], lastSeq: number): Promise<Written | null> {
  const bench = benchOf(deps, tx, batch, people)
  await sql`SAVEPOINT together`.execute(tx)
  try {
    await bench.loader.load(commands.flatMap(({ call }) => (call.ok ? [call.value] : [])))
    const runs: Run[] = []
    let waiting: Run | null = null
    for (const command of commands) {
      const run = await runCommand(bench, command)
      if (mustWait(batch, run)) waiting = run
      if (waiting) break
      runs.push(run)
    }
    const changes = runs.flatMap((r) => r.changes)
    return { runs, waiting, seq: await writeChanges(tx, changes, lastSeq, writerOf(tx, batch, runs)) }
  } catch (error) {
    if (!isRowAtFault(error)) throw error
    await sql`ROLLBACK TO SAVEPOINT together`.execute(tx)
    return null
  }
}

/** Each command for itself, so that the one whose rows the database does not take is refused and the others go on. */
async function runApart(deps: ExecutorDeps, tx: Tx, batch: Batch, people: People, commands: readonly PreparedCommand[], lastSeq: number): Promise<Written> {
  const runs: Run[] = []
  let seq = lastSeq
  for (const command of commands) {
    await sql`SAVEPOINT apart`.execute(tx)
    let run: Run
    try {
      run = await runCommand(benchOf(deps, tx, batch, people), command)
      seq = await writeChanges(tx, run.changes, seq, writerOf(tx, batch, [run]))
    } catch (error) {
      if (!isRowAtFault(error)) throw error
      await sql`ROLLBACK TO SAVEPOINT apart`.execute(tx)
      const refusal = refusalOfViolation(error)
      if (refusal.code === 'app/bug' || isPolicyViolation(error)) deps.onBug(error, command.envelope.name)
      run = refused(command, refusal)
    }
    await sql`RELEASE SAVEPOINT apart`.execute(tx)
    if (mustWait(batch, run)) return { runs, seq, waiting: run }
    runs.push(run)
  }
  return { runs, seq, waiting: null }
}

import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandOutcome, PushResponse, SignedCommand } from '../../shared/sync/push.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import type { can } from '../auth/can.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { together } from '../db/together.ts'
import { withActor } from '../db/with-actor.ts'
import type { FeedReader } from '../feeds/read-apart.ts'
import { answersKnown, checkOrder, deviceLocked } from './check-order.ts'
import type { ChainedCommand } from './check-signatures.ts'
import { headTaken, type TakenHead } from './head.ts'
import { findMissingFile, isReaderBusy, type PreparedCommand, prepareBatch } from './prepare-batch.ts'
import { recordStatements } from './record-runs.ts'
import type { Run } from './run-commands.ts'
import { type Ahead, type Foreseen, foresee, isStillSo, touchedSince } from './work-ahead.ts'
import { runBehindHead, type Written, writeAhead } from './write-runs.ts'

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
  const foreseen = await foresee(deps, batch, prepared)
  return withActor(deps.db, null, (tx) => takeBatch(deps, tx, batch, prepared, foreseen), 'read committed', dayOf(batch))
}

/** The part that every other writer waits for. */
async function takeBatch(deps: ExecutorDeps, tx: Tx, batch: Batch, prepared: readonly PreparedCommand[], { checked, ahead }: Foreseen): Promise<Result<PushResponse, AppError>> {
  const touched = ahead ? [touchedSince(ahead)] : []
  const [heads, devices, known, answer] = await together(tx, headTaken(tx), deviceLocked(tx, batch.deviceId), answersKnown(batch.deviceId, prepared), ...touched)
  const head = must(heads.rows[0], 'head')
  reach('server.push.head-taken')
  const order = checkOrder(batch.deviceId, { device: devices.rows[0], known: known.rows }, prepared, checked)
  if (!order.ok) return order
  reach('server.push.order-checked')
  const fresh = order.value.fresh.map(({ command }) => command)
  const missing = findMissingFile(fresh)
  const taken = order.value.fresh.slice(0, missing ? fresh.indexOf(missing.command) : fresh.length)
  const early = ahead && isStillSo(ahead, head, answer?.rows[0]?.isTouched !== false, taken) ? ahead : null
  const written = taken.length > 0 ? await writeTaken(deps, tx, batch, { head, taken, early }) : null
  const done = taken.slice(0, written?.runs.length ?? 0)
  if (written && done.length > 0) {
    if (written.records) await together(tx, ...recordStatements(batch.deviceId, head, written.seq, written.records))
    order.value.stored.push(...written.runs.map(outcomeOf))
    reach('server.push.before-commit')
  }
  if (missing && !written?.waiting) return err(appError('feed/file-missing', { n: missing.command.envelope.n, sha256: missing.sha256 }))
  const end = { lastN: order.value.lastN + done.length, lastHash: done.at(-1)?.deviceHash ?? order.value.lastHash }
  return ok({ outcomes: order.value.stored, ...end, ...waitingOf(written) })
}

interface Taken {
  readonly head: TakenHead
  readonly taken: readonly ChainedCommand[]
  readonly early: Ahead | null // what the batch comes to, where that is known
}

async function writeTaken(deps: ExecutorDeps, tx: Tx, batch: Batch, { head, taken, early }: Taken): Promise<Written> {
  const written = (early && (await writeAhead(tx, batch, early, head))) ?? (await runBehindHead(deps, tx, batch, taken, head))
  reach('server.push.rows-written')
  return written
}

function waitingOf(written: Written | null): Pick<PushResponse, 'waiting'> {
  const run = written?.waiting
  return run?.error ? { waiting: { n: run.command.envelope.n, error: run.error } } : {}
}

/** The firm's day on which the policies of rows judge a batch: that of its last command. */
export function dayOf({ envelopes, receivedAtMs }: Batch): LocalDate | null {
  const last = envelopes.at(-1)
  return last ? localDateOf(receivedAtMs(last), FIRM_ZONE) : null
}

export const outcomeOf = ({ command, error }: Run): CommandOutcome => ({ n: command.envelope.n, id: command.envelope.id, status: error ? 'refused' : 'applied', error })

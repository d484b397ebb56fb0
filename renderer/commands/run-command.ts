import { v7 as newId } from 'uuid'
import type { CommandCall } from '../../shared/commands/run-command.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { DraftCommand } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import { sealPending } from '../db/pending-store.ts'
import type { ReplicaSession } from '../db/replica-session.ts'
import { Patience, watchWrite, writeFailed } from '../db/storage-watchdog.ts'

/** Screens look when the command is durable, or after so long on a slow disk: while they render, nobody hears the disk's answers. */
const LOOK_AFTER_MS = 100

/** With the patience for a write before it, a person still hears within five seconds. */
const TAKING_BACK_MS = 400

/**
 * The only way in which anything changes. Tries the call on the rows of now: a refusal is the answer and leaves nothing
 * (spec C3). Otherwise its effect counts at once, and the promise resolves when IndexedDB and journal both have it (J1).
 * Errors besides the command's own: 'storage/write-failed', and what the journal answers.
 */
export async function runCommand(session: ReplicaSession, call: CommandCall): Promise<Result<{ commandId: string }, AppError>> {
  await session.loaded
  const draft: DraftCommand = { id: newId(), name: call.name, version: call.version, args: call.args, madeAtMs: Date.now() }
  const pending = { ...draft, n: null, status: 'saved', error: null } as const
  const tried = session.replica.tryOut(pending)
  if (!tried.ok) return tried
  session.replica.show(pending)
  session.unsaved.set(draft.id, 'saving')
  const look = (): void => session.replica.announce()
  const looking = setTimeout(look, LOOK_AFTER_MS)
  const saved = await saveInTurn(session, draft).catch(() => err(appError('app/bug')))
  clearTimeout(looking)
  setTimeout(look) // behind the caller, who may go to another screen
  if (saved.ok) session.unsaved.delete(draft.id)
  else if (session.unsaved.get(draft.id) !== 'given-up') void takeBack(session, draft.id)
  return saved
}

/** Behind a write that hangs, the ones that wait for their turn are told as soon as the one in front. */
function saveInTurn(session: ReplicaSession, draft: DraftCommand): Promise<Result<{ commandId: string }, AppError>> {
  const patience = new Patience()
  let hasBegun = false
  const saving = session.inTurn(() => {
    hasBegun = true
    return patience.isOver ? Promise.resolve(writeFailed()) : save(session, draft, patience)
  })
  const neverBegan = patience.over.then((): Promise<Result<{ commandId: string }, AppError>> | Result<never, AppError> => {
    if (hasBegun) return saving
    const failure = writeFailed()
    if (!failure.ok) session.reportStorage(failure.error)
    return failure
  })
  return Promise.race([saving, neverBegan])
}

/**
 * Both disks at once. The journal holds the command back until it hears that IndexedDB has it too, and cuts it off where it has not:
 * nothing is sent behind the back of a person who was told that it was not saved.
 */
async function save(session: ReplicaSession, draft: DraftCommand, patience: Patience): Promise<Result<{ commandId: string }, AppError>> {
  const { db, replica } = session
  const command = { ...draft, n: null, status: 'saved', error: null } as const
  await reach('renderer.save.begun')
  const add = () => db.addPending(sealPending(command))
  const put = () => (db.isOpen() ? add() : session.reopenWhereEnded().then(add))
  const storing = db.saves.during(() => watchWrite(put, () => void takeBack(session, draft.id), patience))
  const holding = bridge.invoke('outbox:hold', { command: draft })
  const stored = await storing
  session.reportStorage(stored.ok ? null : stored.error)
  if (!stored.ok) {
    const isKept = Promise.all([giveBack(draft.id, holding), takeBack(session, draft.id)]).then(([kept]) => kept)
    return (await inTime(isKept)) ? ok({ commandId: draft.id }) : stored
  }
  await reach('renderer.save.stored')
  const held = await holding
  if (!held.ok) {
    await inTime(Promise.all([decide(draft.id, false), takeBack(session, draft.id)]))
    return held
  }
  await reach('renderer.save.journalled')
  void decide(draft.id, true)
  replica.number(draft.id, held.value.n) // the database gets it with the server's answer, or with the next sync turn: a third wait for the disk would stand in the way of the push
  return ok({ commandId: draft.id })
}

/** Taking back is waited for, so that a crash after "not saved" finds nothing; a disk that does not answer is not waited for much longer. */
function inTime<T>(takenBack: Promise<T>): Promise<T | undefined> {
  return Promise.race([takenBack, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), TAKING_BACK_MS))])
}

/** Main hears it at once, also where its disk is slow too: should this page end before the journal has answered, it knows. @returns whether the journal keeps the command */
async function giveBack(id: string, holding: Promise<Result<unknown, AppError>>): Promise<boolean> {
  const [isKept, held] = await Promise.all([decide(id, false), holding])
  return isKept || (held.ok && decide(id, false)) // asked again, should the first word have come before the command
}

/** @returns whether the journal keeps the command */
async function decide(id: string, isStored: boolean): Promise<boolean> {
  for (;;) {
    const decided = await bridge.invoke('outbox:decide', { id, isStored })
    if (decided.ok) return decided.value.isKept
    if (decided.error.code !== 'request/too-many') return false // locked meanwhile: then the journal has kept it, and this page is about to go
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What was reported as not saved leaves no trace; where the disk refuses the delete too, the next sync turn repeats it. */
async function takeBack({ db, replica, unsaved }: ReplicaSession, id: string): Promise<void> {
  unsaved.set(id, 'given-up')
  replica.hide(id)
  await db.pending.delete(id).catch(() => undefined)
}

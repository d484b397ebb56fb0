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
  else takeBack(session, draft.id)
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

/** IndexedDB first: where that fails, the journal has nothing that would be sent behind the person's back. */
async function save(session: ReplicaSession, draft: DraftCommand, patience: Patience): Promise<Result<{ commandId: string }, AppError>> {
  const { db, replica } = session
  const command = { ...draft, n: null, status: 'saved', error: null } as const
  await reach('renderer.save.begun')
  const put = () => session.reopenWhereEnded().then(() => db.addPending(sealPending(command)))
  const stored = await db.saves.during(() => watchWrite(put, () => takeBack(session, draft.id), patience))
  session.reportStorage(stored.ok ? null : stored.error)
  if (!stored.ok) return stored
  await reach('renderer.save.stored')
  const appended = await bridge.invoke('outbox:append', { commands: [draft] })
  if (!appended.ok) return appended
  await reach('renderer.save.journalled')
  const n = appended.value.items.find((item) => item.id === draft.id)?.n
  if (n !== undefined) {
    replica.number(draft.id, n)
    void keepNumber(session, draft.id, n) // a third wait for the disk, of which nothing depends: no other command waits for it
  }
  return ok({ commandId: draft.id })
}

/** Where it fails, the next sync turn brings the number. */
async function keepNumber({ db }: ReplicaSession, id: string, n: number): Promise<void> {
  await db.saves.free()
  await watchWrite(() => db.pending.update(id, { n }))
  await reach('renderer.save.numbered')
}

/** What was reported as not saved leaves no trace; where the disk refuses the delete too, the next sync turn repeats it. */
function takeBack({ db, replica, unsaved }: ReplicaSession, id: string): void {
  unsaved.set(id, 'given-up')
  replica.hide(id)
  db.pending.delete(id).catch(() => undefined)
}

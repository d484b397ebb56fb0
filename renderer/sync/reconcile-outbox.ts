import Dexie from 'dexie'
import type { AppError } from '../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { PendingCommand } from '../db/pending-command.ts'
import { listPending, sealPending } from '../db/pending-store.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { readHead } from '../db/replica-head.ts'

/**
 * Commands of this window that nobody was told are saved: on their way, or reported as not saved, in which case a full disk
 * may not have let their rows be deleted. Whoever hears "not saved" must not find it sent later.
 */
export type Unsaved = ReadonlyMap<string, 'saving' | 'given-up'>

/**
 * Makes pending list and journal agree, by command id (spec J4). The database is read first: a command saved meanwhile
 * is then in the journal's answer, or in neither.
 */
export async function reconcileOutbox(db: ReplicaDatabase, unsaved: Unsaved = new Map()): Promise<Result<void, AppError>> {
  const stored = await listPending(db)
  const { lastN } = await readHead(db)
  const listed = await bridge.invoke('outbox:list', {})
  if (!listed.ok) return listed
  await reach('renderer.reconcile.read')
  if (!db.isOpen()) throw new Dexie.DatabaseClosedError() // closed with its session: the journal may be another person's by now
  const journalled = new Set(listed.value.items.map((item) => item.id))
  const absent = stored.filter((command) => !journalled.has(command.id))
  const refused = absent.filter((command) => command.status === 'refused')
  const waiting = absent.filter((command) => command.status !== 'refused')
  const over = waiting.filter((command) => isSettled(command, lastN) || unsaved.get(command.id) === 'given-up')
  if (over.length > 0) await db.pending.bulkDelete(over.map((command) => command.id))
  const lost = waiting.filter((command) => !isSettled(command, lastN) && !unsaved.has(command.id))
  const known = new Map(stored.map((command) => [command.id, command]))
  const news = listed.value.items.filter((item) => isNews(item, known.get(item.id), lastN))
  if (news.length > 0) await takeItems(db, news, lastN)
  await reach('renderer.reconcile.done')
  const kept = refused.length === 0 ? ok(undefined) : await keepRefused(db, refused)
  if (!kept.ok || lost.length === 0) return kept
  return appendLost(db, lost, lastN)
}

/** No longer in the journal for a good reason: a pull has brought what it did. One without an answer is not: its number may be another's by now. */
const isSettled = ({ n, status }: PendingCommand, lastN: number): boolean => status === 'applied' && n !== null && n <= lastN

const draftOf = ({ id, name, version, args, madeAtMs }: PendingCommand) => ({ id, name, version, args, madeAtMs })

/**
 * A refused command that the journal does not list was put aside, or a disk that lied has lost it: then nobody would see it again.
 * The journal can tell: one that it knows to be put aside it does not take a second time. The others are sent, and refused again.
 */
async function keepRefused(db: ReplicaDatabase, refused: readonly PendingCommand[]): Promise<Result<void, AppError>> {
  const appended = await bridge.invoke('outbox:append', { commands: refused.slice(0, 500).map(draftOf) }) // the next turn takes the rest
  if (!appended.ok) return appended
  const listed = await bridge.invoke('outbox:list', {})
  if (!listed.ok) return listed
  const open = new Set(listed.value.items.map(({ id }) => id))
  await db.pending.bulkDelete(refused.slice(0, 500).flatMap(({ id }) => (open.has(id) ? [] : [id])))
  return ok(undefined)
}

/** What the journal does not take was given up: its person was told that it is not saved. */
async function appendLost(db: ReplicaDatabase, lost: readonly PendingCommand[], lastN: number): Promise<Result<void, AppError>> {
  const commands = lost.map(draftOf)
  for (let i = 0; i < commands.length; i += 500) {
    const some = commands.slice(i, i + 500)
    const appended = await bridge.invoke('outbox:append', { commands: some })
    if (!appended.ok) return appended
    await takeItems(db, appended.value.items, lastN)
    const taken = new Set(appended.value.items.map(({ id }) => id))
    await db.pending.bulkDelete(some.flatMap(({ id }) => (taken.has(id) ? [] : [id])))
  }
  return ok(undefined)
}

/** Brings the pending list to what the journal says. */
async function takeItems(db: ReplicaDatabase, items: readonly OutboxItem[], lastN: number): Promise<void> {
  await db.saves.free()
  await db.transaction('rw', db.pending, async () => {
    for (const item of items) if (isNews(item, await db.pending.get(item.id), lastN)) await db.pending.put(sealPending(item))
  })
}

/**
 * Whether the journal's item differs from what is pending; only a refusal that came with a pull stands against it. One
 * whose rows are here already is not taken in again; where it is still listed, its number lets the next page drop it.
 */
function isNews(item: OutboxItem, known: Pick<PendingCommand, 'n' | 'status'> | undefined, lastN: number): boolean {
  if (!known) return item.status === 'refused' || item.n > lastN
  return known.n !== item.n || (known.status !== item.status && known.status !== 'refused')
}

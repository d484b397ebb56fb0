/** One laptop on a fake server, with real code in between: what the renderer's data tests start from. */
import 'fake-indexeddb/auto'
import type { AnyCall } from '../../renderer/commands/any-call.ts'
import { runCommand } from '../../renderer/commands/run-command.ts'
import { openReplica } from '../../renderer/db/open-replica.ts'
import { readHead, readScope } from '../../renderer/db/replica-head.ts'
import { progressOf } from '../../renderer/db/replica-progress.ts'
import type { ReplicaSession } from '../../renderer/db/replica-session.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { must } from '../../shared/lib/must.ts'
import { FakeServer } from './fake-server.ts'
import { FakeWindowApi } from './fake-window-api.ts'
import { advisorId, firmRows, NOW_MS } from './firm-rows.ts'
import { idOf } from './test-id.ts'

export interface Laptop {
  readonly server: FakeServer
  readonly api: FakeWindowApi
  readonly storageErrors: (AppError | null)[]
}

/** A server with the small firm, and the advisor's laptop; the advisor leads household 1. */
export function aLaptop(): Laptop {
  const server = new FakeServer(NOW_MS)
  server.seed(firmRows())
  server.setAccess(advisorId, idOf('household', 1), 'lead')
  return { server, api: new FakeWindowApi(server, { id: advisorId, role: 'advisor' }).install(), storageErrors: [] }
}

/** Opens the replica and waits until the first sync turn is over and shown. */
export async function openOn(laptop: Laptop): Promise<ReplicaSession> {
  const opened = await openReplica(laptop.api.state(), { onStorage: (error) => laptop.storageErrors.push(error) })
  if (!opened.ok) throw new Error(opened.error.code)
  await opened.value.syncIdle()
  await shown(opened.value)
  return opened.value
}

export const run = (session: ReplicaSession, call: AnyCall) => runCommand(session, { ...call, version: 1 })

/** Runs a call that is not refused; answers its command id. */
export async function mustRun(session: ReplicaSession, call: AnyCall): Promise<string> {
  const result = await run(session, call)
  if (!result.ok) throw new Error(`${call.name} was refused: ${result.error.code}`)
  return result.value.commandId
}

/** Another sync turn, shown. */
export async function sync(session: ReplicaSession): Promise<void> {
  await session.syncIdle()
  session.requestSync()
  await session.syncIdle()
  await shown(session)
}

/** Waits until the live query has brought the store's state into the replica. */
export async function shown(session: ReplicaSession): Promise<void> {
  const { replica, db } = session
  for (let tries = 0; tries < 200; tries++) {
    const head = await readHead(db)
    const { counter, generation, lastN } = head
    const isProgressShown = replica.progress.phase === progressOf(head, await readScope(db)).phase
    const isCaughtUp = isProgressShown && replica.standing.counter >= counter && replica.standing.generation === generation && replica.standing.lastN === lastN
    const stored = (await db.pending.toArray()).map((p) => `${p.id} ${p.status} ${p.n}`)
    if (
      isCaughtUp &&
      replica.pending
        .map((p) => `${p.id} ${p.status} ${p.n}`)
        .toSorted()
        .join() === stored.toSorted().join()
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('the replica did not catch up with the store')
}

export const entryOf = (session: ReplicaSession, n: number) => session.replica.find('contactEntries', idOf('entry', n))
export const mustEntry = (session: ReplicaSession, n: number) => must(entryOf(session, n), `entry ${n}`)

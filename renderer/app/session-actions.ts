import Dexie from 'dexie'
import type { AppError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { forgetUndo } from '../commands/undo-history.ts'
import { currentSession, setCurrentSession } from '../db/current-replica.ts'
import { takeEarlySession } from '../db/early-replica.ts'
import { openReplica } from '../db/open-replica.ts'
import type { ReplicaSession } from '../db/replica-session.ts'
import { routeReset } from './slices/route-slice.ts'
import { sessionChanged } from './slices/session-slice.ts'
import { storageReported } from './slices/storage-slice.ts'
import { store } from './store.ts'
import { openTestDoor } from './test-door.ts'

/** Drawing the frame, and Today into it later, costs more than drawing both at once. A slow disk keeps nobody from seeing the frame. */
const FRAME_WITHIN_MS = 200

let opening: Promise<unknown> = Promise.resolve()

/** Takes over main's session state and opens or closes the replica to fit; calls follow each other. */
function adoptSession(state: SessionState): Promise<void> {
  const turn = opening.then(() => follow(state))
  opening = turn.catch(() => undefined)
  return turn
}

async function follow(state: SessionState): Promise<void> {
  const session = currentSession()
  const isSame = state.phase === 'open' && session?.databaseName === state.databaseName && session.role === state.colleague?.role
  const isFirst = state.phase === 'open' && store.getState().session.phase !== 'open'
  if (!isFirst) store.dispatch(sessionChanged(state))
  if (isSame) return
  closeReplica()
  if (state.phase !== 'open') return
  const opening = open(state)
  if (isFirst) await Promise.race([opening.then((opened) => opened?.showable).catch(() => undefined), sleep(FRAME_WITHIN_MS)])
  if (isFirst) store.dispatch(sessionChanged(state))
  await opening
}

async function open(state: SessionState): Promise<ReplicaSession | null> {
  const opened = await openReplica(state, { onStorage: (error) => store.dispatch(storageReported(error)) })
  if (!opened.ok) {
    store.dispatch(storageReported(opened.error))
    return null
  }
  setCurrentSession(opened.value)
  openTestDoor(opened.value)
  return opened.value
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function closeReplica(): void {
  const session = currentSession()
  if (!session) return
  setCurrentSession(null)
  session.close()
  forgetUndo()
  store.dispatch(routeReset())
}

async function adoptAnswer(answer: Result<SessionState, AppError>): Promise<Result<SessionState, AppError>> {
  if (answer.ok) await adoptSession(answer.value)
  return answer
}

/** @param accountPassphrase as for `unlock` */
export const signIn = async (email: string, passphrase: string, accountPassphrase?: string): Promise<Result<SessionState, AppError>> =>
  adoptAnswer(await bridge.invoke('session:sign-in', { email, passphrase, accountPassphrase }))

export const completeOffice = async (passphrase: string): Promise<Result<SessionState, AppError>> => adoptAnswer(await bridge.invoke('session:oidc-complete', { passphrase }))

/** @param accountPassphrase what the server knows; only where main has asked for it ('session/account-passphrase-needed') */
export const unlock = async (passphrase: string, accountPassphrase?: string): Promise<Result<SessionState, AppError>> =>
  adoptAnswer(await bridge.invoke('session:unlock', { passphrase, accountPassphrase }))

/** Main destroys the window right after; until then the screen shows nothing of the person's data. */
export async function lock(): Promise<Result<SessionState, AppError>> {
  const locked = await bridge.invoke('session:lock', {})
  return locked.ok ? refreshSession() : locked
}

/**
 * Ends the session on this laptop and deletes the local database.
 * @param discardsUnsent false: refused with 'session/unsent-work' while something is unsent
 */
export async function signOut(discardsUnsent: boolean): Promise<Result<SessionState, AppError>> {
  const databaseName = currentSession()?.databaseName ?? null
  const left = await bridge.invoke('session:sign-out', { discardUnsent: discardsUnsent })
  if (!left.ok) return left
  const refreshed = await refreshSession()
  const databases = databaseName === null ? [] : [databaseName, `${databaseName}-drafts`]
  for (const name of databases) await Dexie.delete(name).catch(() => undefined) // its key is destroyed: what may stay is unreadable
  return refreshed
}

/** Asks main who is signed in; at start and whenever main says that it changed. */
export const refreshSession = async (): Promise<Result<SessionState, AppError>> => adoptAnswer(await (takeEarlySession() ?? bridge.invoke('session:get', {})))

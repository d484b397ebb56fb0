import 'fake-indexeddb/auto' // before Dexie looks for one
import Dexie from 'dexie'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { aLaptop, type Laptop, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { discardAttention, resendAttention } from '../commands/attention.ts'
import { runAndOfferUndo } from '../commands/run-and-offer-undo.ts'
import { undoStep } from '../commands/undo-history.ts'
import { currentReplica, currentSession } from '../db/current-replica.ts'
import { connectMain } from './connect-main.ts'
import { back, navigate } from './navigation.ts'
import { signIn, signOut } from './session-actions.ts'
import { store } from './store.ts'

let laptop: Laptop
let disconnect = (): void => undefined

/** The open session, with everything pulled. */
async function settled() {
  const session = currentSession()
  if (!session) throw new Error('nobody is signed in')
  await sync(session)
  return session
}

beforeEach(async () => {
  laptop = aLaptop()
  laptop.api.phase = 'signedOut'
  disconnect = await connectMain()
})
afterEach(async () => {
  disconnect()
  await signOut(true)
})

const pathOf = () => store.getState().route.entries[store.getState().route.index]

test('signs in, opens the replica, and takes everything away at sign-out', async () => {
  expect(currentSession()).toBeNull()
  expect(await signIn('anna.ory@rapport.example', 'wrong')).toMatchObject({ error: { code: 'session/wrong-credentials' } })
  expect((await signIn('anna.ory@rapport.example', 'right')).ok).toBe(true)
  await settled()
  expect(currentReplica().list('households')).toHaveLength(1)
  expect((await signOut(false)).ok).toBe(true)
  expect(currentReplica().list('households')).toEqual([])
  expect(store.getState().session.phase).toBe('signedOut')
  expect(await Dexie.exists(laptop.api.databaseName)).toBe(false)
})

test('does not sign out over unsent work, unless it is to be discarded', async () => {
  await signIn('anna.ory@rapport.example', 'right')
  await settled()
  await runAndOfferUndo({ name: 'contact/log', args: logArgs(1, 1) })
  expect(await signOut(false)).toMatchObject({ error: { code: 'session/unsent-work' } })
  expect(currentSession()).not.toBeNull()
})

test('takes a command back by its inverse, once', async () => {
  await signIn('anna.ory@rapport.example', 'right')
  await settled()
  const id = idOf('entry', 1)
  const undo = { label: 'Contact logged', calls: () => [{ name: 'contact/void' as const, args: { id, reason: 'Taken back' } }] }
  await runAndOfferUndo({ name: 'contact/log', args: logArgs(1, 1) }, { toast: 'Saved', undo })
  const { toasts, undoSteps } = store.getState().toast
  expect(toasts).toMatchObject([{ text: 'Saved', undoId: undoSteps[0]?.id }])
  await undoStep(undoSteps[0]?.id ?? '')
  await undoStep(undoSteps[0]?.id ?? '')
  expect(currentReplica().find('contactEntries', id)).toMatchObject({ state: 'voided', rev: 2 })
  expect(store.getState().toast).toEqual({ toasts: [], undoSteps: [] })
})

test('shows why a step cannot be taken back', async () => {
  await signIn('anna.ory@rapport.example', 'right')
  await settled()
  const calls = () => [{ name: 'contact/void' as const, args: { id: idOf('entry', 9), reason: 'Taken back' } }]
  await runAndOfferUndo({ name: 'contact/log', args: logArgs(1, 1) }, { undo: { label: 'Contact logged', calls } })
  await undoStep(store.getState().toast.undoSteps[0]?.id ?? '')
  expect(store.getState().toast.toasts).toMatchObject([{ text: 'Contact logged', error: { code: 'access/not-found' } }])
})

test('[J5] lists a refused command until the person discards it or sends it again corrected', async () => {
  await signIn('anna.ory@rapport.example', 'right')
  await settled()
  await runAndOfferUndo({ name: 'contact/log', args: logArgs(1, 1) })
  await runAndOfferUndo({ name: 'contact/log', args: logArgs(2, 1) })
  for (const n of [1, 2]) laptop.server.put('contactEntries', entryRow(n, 1)) // both ids are taken
  laptop.api.flush()
  await settled()
  const [first, second] = currentReplica().attention
  if (!first || !second) throw new Error('two refusals expected')
  await discardAttention(first.id)
  expect((await resendAttention(second, logArgs(3, 1))).ok).toBe(true)
  await settled()
  expect(currentReplica().attention).toEqual([])
  expect(laptop.api.journal).toMatchObject([{ status: 'saved', args: { id: idOf('entry', 3) } }])
})

test('[L9] pulls when main says that something moved, and goes where a notification points', async () => {
  await signIn('anna.ory@rapport.example', 'right')
  await settled()
  laptop.server.put('contactEntries', entryRow(1, 1))
  laptop.api.emit('event:sync-changed', { isBehind: true })
  await vi.waitFor(() => expect(currentReplica().find('contactEntries', idOf('entry', 1))).toBeDefined())
  laptop.api.emit('event:navigate', { to: 'follow-up/x' })
  expect(pathOf()).toBe('follow-ups/x')
  navigate('/households/')
  back()
  expect(pathOf()).toBe('follow-ups/x')
})

import { expect, test } from 'vitest'
import type { IpcEventName, WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { askEarly } from './early-answers.ts'

function anEarlyPage() {
  let count = 0
  const listeners = new Map<IpcEventName, () => void>()
  const ask = (channel: string) => Promise.resolve(`${channel}, question ${++count}`)
  const invoke = askEarly(ask as unknown as WindowApi['invoke'], (event, listener) => void listeners.set(event, listener))
  return { asked: () => count, invoke, announce: (event: IpcEventName) => listeners.get(event)?.() }
}

test('asks before anybody wants to know, and gives each answer once', async () => {
  const { asked, invoke } = anEarlyPage()
  expect(asked()).toBe(3)
  expect(await invoke('session:get', {})).toBe('session:get, question 1')
  expect(await invoke('session:get', {})).toBe('session:get, question 4')
  expect(await invoke('outbox:list', {})).toBe('outbox:list, question 5')
})

test('what main announces makes an answer old that nobody has taken', async () => {
  const { invoke, announce } = anEarlyPage()
  announce('event:sync-changed')
  expect(await invoke('sync:status', {})).toBe('sync:status, question 4')
  expect(await invoke('settings:get', {})).toBe('settings:get, question 2')
  announce('event:session-changed')
  expect(await invoke('session:get', {})).toBe('session:get, question 5')
})

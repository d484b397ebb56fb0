import type { IpcMainInvokeEvent } from 'electron'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IpcChannel, ipcContract } from '../../shared/ipc/ipc-contract.ts'
import { ok } from '../../shared/lib/result.ts'
import { isTooLarge } from './measure-value.ts'
import { makeRateLimit } from './rate-limit.ts'
import { type IpcHandlers, registerIpc } from './register-ipc.ts'

const channels = Object.keys(ipcContract) as IpcChannel[]
type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<{ ok: boolean; error?: { code: string } }>

/** The registered channels of an app in which every handler only notes that it was reached. */
function anApp(options: { readonly isTrusted?: boolean; readonly onCall?: () => never } = {}) {
  const listeners = new Map<string, Listener>()
  const reached: unknown[] = []
  const handler = (request: unknown) => {
    options.onCall?.()
    reached.push(request)
    return ok({})
  }
  const handlers = Object.fromEntries(channels.map((channel) => [channel, handler])) as unknown as IpcHandlers
  registerIpc(handlers, {
    ipcMain: { handle: (name, listener) => void listeners.set(name, listener as Listener) },
    isTrusted: () => options.isTrusted ?? true,
    log: { info: () => undefined, warn: () => undefined, bug: () => undefined },
    windowKeys: () => ({ data: new Uint8Array(32), index: new Uint8Array(32) }),
  })
  const call = async (name: string, request: unknown) => listeners.get(name)?.({} as IpcMainInvokeEvent, request)
  return { call, reached, names: [...listeners.keys()] }
}

test('every channel of the contract is there, and the keys only outside of it', () => {
  expect(anApp().names.toSorted()).toEqual([...channels.map((channel) => `rapport:${channel}`), 'preload:window-keys'].toSorted())
})

test('a frame that is not the app’s reaches no handler and gets no key', async () => {
  const app = anApp({ isTrusted: false })
  for (const channel of channels) expect(await app.call(`rapport:${channel}`, {})).toMatchObject({ error: { code: 'app/ipc-untrusted' } })
  expect(await app.call('preload:window-keys', undefined)).toBeNull()
  expect(app.reached).toEqual([])
})

test('a handler sees nothing but requests of its schema, whatever a page sends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...channels), fc.anything({ withTypedArray: true, withNullPrototype: true, maxDepth: 4 }), async (channel, request) => {
      const app = anApp()
      const answer = await app.call(`rapport:${channel}`, request)
      const isAllowed = ipcContract[channel].request.safeParse(request).success
      expect(answer?.ok).toBe(isAllowed)
      if (!isAllowed) expect(['app/ipc-malformed', 'request/too-large']).toContain(answer?.error?.code)
    }),
    { numRuns: 2_000 },
  )
})

test('what a handler throws becomes a code without its text', async () => {
  const app = anApp({
    onCall: () => {
      throw new Error('secret of a client')
    },
  })
  expect(JSON.stringify(await app.call('rapport:session:get', {}))).toBe('{"ok":false,"error":{"code":"app/bug","params":{}}}')
})

test('requests over a megabyte are refused, except for files', async () => {
  const app = anApp()
  const bytes = new Uint8Array(2_000_000)
  expect(await app.call('rapport:file:stage', { name: 'a.sta', bytes })).toMatchObject({ ok: true })
  expect(await app.call('rapport:outbox:append', { commands: [{ args: 'x'.repeat(1_100_000) }] })).toMatchObject({ error: { code: 'request/too-large' } })
  expect(await app.call('rapport:file:stage', { name: 'a.sta', bytes: new Uint8Array(21_000_000) })).toMatchObject({ error: { code: 'request/too-large' } })
})

test('measuring stops at cycles and deep nesting', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  expect(isTooLarge(cycle, 1_000_000)).toBe(true)
  expect(isTooLarge({ a: [1, { b: 'text' }] }, 1_000)).toBe(false)
  expect(isTooLarge(new Uint8Array(10), 5)).toBe(true)
})

test('the rate limit lets a burst through and then what a second brings', () => {
  let nowMs = 0
  const isAllowed = makeRateLimit({ perSecond: 10, burst: 3 }, () => nowMs)
  expect([1, 2, 3, 4].map(isAllowed)).toEqual([true, true, true, false])
  nowMs += 200
  expect([1, 2, 3].map(isAllowed)).toEqual([true, true, false])
})

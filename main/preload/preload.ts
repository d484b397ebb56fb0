import { contextBridge, ipcRenderer } from 'electron'
import type { IpcEventName, WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { CONTRACT_PREFIX, WINDOW_KEYS_CHANNEL } from '../ipc/channel-names.ts'
import { askEarly } from './early-answers.ts'
import { makeCipher, type WindowKeys } from './window-cipher.ts'

const eventNames: ReadonlySet<IpcEventName> = new Set(['event:session-changed', 'event:sync-changed', 'event:sync-page', 'event:navigate'])

/** Stays in this isolated world: the page can have things sealed and opened, but not read the keys. */
let windowKeys: WindowKeys | undefined
const askForKeys = (): Promise<WindowKeys | null> => ipcRenderer.invoke(WINDOW_KEYS_CHANNEL)
let earlyKeys: Promise<WindowKeys | null> | undefined = askForKeys()

// The prefix keeps the page to the contract's channels: it cannot name the one that hands out keys.
const invoke = askEarly(
  (channel, request) => ipcRenderer.invoke(`${CONTRACT_PREFIX}${channel}`, request),
  (event, listener) => void ipcRenderer.on(event, listener),
)

const api: WindowApi = {
  invoke,
  on(event, listener) {
    if (!eventNames.has(event)) throw new Error('unknown event')
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(event, forward)
    return () => {
      ipcRenderer.removeListener(event, forward)
    }
  },
  async openCipher() {
    windowKeys = (await earlyKeys) ?? (await askForKeys()) ?? undefined
    earlyKeys = undefined
    return windowKeys !== undefined
  },
  cipher: makeCipher(() => {
    if (!windowKeys) throw new Error('cipher/locked')
    return windowKeys
  }),
}

contextBridge.exposeInMainWorld('api', api)

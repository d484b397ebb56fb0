import type { WindowApi } from '../../shared/ipc/ipc-contract.ts'

declare global {
  interface Window {
    readonly api: WindowApi
  }
}

function preloaded(): WindowApi {
  const api = (globalThis as { readonly api?: WindowApi }).api
  if (!api) throw new Error('window.api is missing: the page runs outside the app, or its preload failed')
  return api
}

/** The way to main; the only place that touches `window.api`, which it looks up at each call (tests put theirs there). */
export const bridge: WindowApi = {
  invoke: (channel, request) => preloaded().invoke(channel, request),
  on: (event, listener) => preloaded().on(event, listener),
  openCipher: () => preloaded().openCipher(),
  get cipher() {
    return preloaded().cipher
  },
}

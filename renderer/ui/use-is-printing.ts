import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

let isPrinting = false
const listeners = new Set<() => void>()

/** At once: what does not stand when the event has been heard is not on the paper. */
const change = (next: boolean) => () => {
  isPrinting = next
  flushSync(() => {
    for (const listener of listeners) listener()
  })
}
window.addEventListener('beforeprint', change(true))
window.addEventListener('afterprint', change(false))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the page is being written for paper: lists are whole then. */
export const useIsPrinting = (): boolean => useSyncExternalStore(subscribe, () => isPrinting)

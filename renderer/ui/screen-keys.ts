import { useEffect, useSyncExternalStore } from 'react'

export interface ScreenKey {
  readonly keys: string // as KeyHint writes them: 'mod+Enter'
  readonly label: string
}

let shown: readonly (readonly ScreenKey[])[] = []
const listeners = new Set<() => void>()

function change(next: readonly (readonly ScreenKey[])[]): void {
  shown = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Names the keys of a screen for the `?` overlay, as long as the screen stands. It binds nothing. */
export function useScreenKeys(keys: readonly ScreenKey[]): void {
  const signature = keys.map((k) => `${k.keys} ${k.label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the keys
  useEffect(() => {
    change([...shown, keys])
    return () => change(shown.filter((other) => other !== keys))
  }, [signature])
}

/** The keys of what is on the screen now. */
export const useShownKeys = (): readonly ScreenKey[] => useSyncExternalStore(subscribe, () => shown).flat()

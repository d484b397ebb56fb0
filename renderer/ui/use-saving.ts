import { useCallback, useEffect, useRef, useState } from 'react'

/** A save that takes no longer needs no spinner: its rendering would only keep the disk waiting. */
const SHOWN_AFTER_MS = 150

/**
 * Whether something is being saved, as the screen shows it, and a way to save: one at a time.
 * A second call while the first still runs does nothing.
 */
export function useSaving(): { readonly isSaving: boolean; readonly saveOnce: (save: () => Promise<void>) => Promise<void> } {
  const [isSaving, setIsSaving] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  const saveOnce = useCallback(async (save: () => Promise<void>) => {
    if (timer.current !== null) return
    timer.current = setTimeout(() => setIsSaving(true), SHOWN_AFTER_MS)
    try {
      await save()
    } finally {
      clearTimeout(timer.current)
      timer.current = null
      setIsSaving(false)
    }
  }, [])
  return { isSaving, saveOnce }
}

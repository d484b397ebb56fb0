/** Calls `action` once for all calls within `ms`, at their end. */
export function coalesce(action: () => void, ms: number): () => void {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      action()
    }, ms)
  }
}

/** Calls `action` at once, then for further calls once each `ms`: the first of a burst waits for nothing, the last is never lost. */
export function coalesce(action: () => void, ms: number): () => void {
  let isResting = false
  let isAskedAgain = false
  const rest = (): void => {
    isResting = true
    setTimeout(() => {
      isResting = false
      if (!isAskedAgain) return
      isAskedAgain = false
      rest()
      action()
    }, ms)
  }
  return () => {
    if (isResting) {
      isAskedAgain = true
      return
    }
    rest()
    action()
  }
}

/** The same for announcements that say whether something: one that does is not lost among those that do not. */
export function coalesceFlag(action: (isSo: boolean) => void, ms: number): (isSo: boolean) => void {
  let wasSo = false
  const tell = coalesce(() => {
    const isSo = wasSo
    wasSo = false
    action(isSo)
  }, ms)
  return (isSo) => {
    wasSo ||= isSo
    tell()
  }
}

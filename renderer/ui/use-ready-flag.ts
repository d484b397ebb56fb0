import { useEffect } from 'react'

/** Marks the page as usable once the first screen stands, and says how far the rows have come; end-to-end tests and benches wait for it. */
export function useReadyFlag(isReady: boolean, phase = 'none'): void {
  useEffect(() => {
    document.documentElement.dataset['replica'] = phase
    document.documentElement.dataset['screen'] = isReady && phase !== 'none' ? 'open' : 'waiting'
  }, [isReady, phase])
  useEffect(() => {
    if (isReady) document.documentElement.dataset['ready'] = 'true'
  }, [isReady])
}

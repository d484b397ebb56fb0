import { useEffect } from 'react'

/** Marks the page as usable once the first screen stands, and notes how far the rows have come; end-to-end tests and benches wait for it. */
export function useReadyFlag(isReady: boolean, phase = 'none'): void {
  useEffect(() => {
    document.documentElement.dataset['replica'] = phase
    if (phase !== 'none') performance.mark(`rapport.${phase}`)
    if (phase !== 'none' && isReady) performance.mark('rapport.usable')
  }, [isReady, phase])
  useEffect(() => {
    if (isReady) document.documentElement.dataset['ready'] = 'true'
  }, [isReady])
}

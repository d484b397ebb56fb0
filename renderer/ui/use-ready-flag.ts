import { useEffect } from 'react'

/** Marks the page as usable once the first screen stands; end-to-end tests wait for it. */
export function useReadyFlag(isReady: boolean): void {
  useEffect(() => {
    if (isReady) document.documentElement.dataset['ready'] = 'true'
  }, [isReady])
}

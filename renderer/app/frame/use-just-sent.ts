import { useEffect, useRef, useState } from 'react'

const SHOWN_MS = 4_000

/** True for a few seconds after the last unsent change was answered. */
export function useJustSent(unsentCount: number): boolean {
  const previous = useRef(unsentCount)
  const [isShown, setIsShown] = useState(false)
  useEffect(() => {
    const wasSent = previous.current > 0 && unsentCount === 0
    previous.current = unsentCount
    setIsShown(wasSent)
    if (!wasSent) return
    const timer = setTimeout(() => setIsShown(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [unsentCount])
  return isShown
}

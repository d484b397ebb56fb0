import { useEffect, useState } from 'react'

/** True from `delayMs` after mounting on; keeps short waits from flashing. */
export function useDelayed(delayMs: number): boolean {
  const [isOver, setIsOver] = useState(delayMs <= 0)
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return isOver
}

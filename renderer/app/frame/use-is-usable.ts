import { useEffect, useState } from 'react'
import { useReplicaPhase } from '../../db/use-replica.ts'
import { useAppSelector } from '../store.ts'

/**
 * Whether the screens may show. They wait for the rows of this laptop and, where it has a connection, for the first
 * fetch; contact entries, which are nine tenths of it, come while the person works. Once shown they stay: households that arrive later never take a form away from under the person's hands.
 */
export function useIsUsable(): boolean {
  const phase = useReplicaPhase()
  const isOnline = useAppSelector((state) => state.syncStatus.connection === 'online')
  const isComplete = phase === 'ready' || phase === 'filling' || (phase === 'pulling' && !isOnline)
  const [wasComplete, setWasComplete] = useState(false)
  useEffect(() => {
    if (isComplete) setWasComplete(true)
  }, [isComplete])
  return isComplete || (wasComplete && phase !== 'opening')
}

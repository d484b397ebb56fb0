import { startTransition, useEffect, useState } from 'react'
import { foldText } from '../../shared/lib/fold-text.ts'
import { currentSession } from '../db/current-replica.ts'
import { useReplica, useReplicaPhase } from '../db/use-replica.ts'
import type { SearchHit } from './search-rows.ts'

const NO_HITS: readonly SearchHit[] = []
/** One letter would find nearly everything. */
const MIN_LETTERS = 2

/** Hits for what is typed, at most `limit` of each kind; those of the letters before stand until the new ones are here. */
export function useSearch(query: string, limit: number): readonly SearchHit[] {
  const phase = useReplicaPhase()
  const [hits, setHits] = useState(NO_HITS)
  const isSearchable = foldText(query).length >= MIN_LETTERS
  const version = useReplica((view) => (isSearchable ? view.version : 0), [isSearchable]) // with every row that arrives there is more to find
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are searched, and they change with phase and version
  useEffect(() => {
    const session = isSearchable ? currentSession() : null
    if (!session) {
      setHits(NO_HITS)
      return
    }
    let isOver = false
    session.search(query, limit).then(
      (found) => {
        if (!isOver) startTransition(() => setHits(found)) // in slices, between which the next letter is taken
      },
      () => undefined, // the session was closed
    )
    return () => {
      isOver = true
    }
  }, [query, limit, isSearchable, phase, version])
  useEffect(() => {
    if (hits.length > 0) performance.mark('rapport.found') // for the benches: what was asked for last stands on the screen
  }, [hits])
  return isSearchable ? hits : NO_HITS
}

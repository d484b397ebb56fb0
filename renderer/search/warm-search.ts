import type { ReplicaView } from '../db/replica-view.ts'
import { foldedTextOf } from './folded-text.ts'

const ROWS_A_CHUNK = 200

/** Folds entries ahead of the first search, in pieces between which the screen is free. Stops when `isOver` says so. */
export async function warmSearch(view: ReplicaView, isOver: () => boolean): Promise<void> {
  const entries = view.list('contactEntries')
  for (let i = 0; i < entries.length && !isOver(); i += ROWS_A_CHUNK) {
    for (const entry of entries.slice(i, i + ROWS_A_CHUNK)) foldedTextOf('contactEntries', entry)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

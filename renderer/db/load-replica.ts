import { BaseRows } from './base-rows.ts'
import type { ReplicaDatabase } from './replica-database.ts'
import { readHead } from './replica-head.ts'
import { openPages, openRows } from './sealed-rows.ts'

const PAGES_A_CHUNK = 2
const ROWS_A_CHUNK = 250

/** Everything stored, in memory, and how far it reaches: what comes later has a higher `n`. */
export interface LoadedRows {
  readonly base: BaseRows
  readonly throughN: number
  readonly generation: number
}

/** Lets the screen draw and take input between two chunks. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Opens all pages and the overlay in chunks that leave the screen usable. Throws where a body was changed or moved.
 * @param onProgress rows so far
 */
export async function loadRows(db: ReplicaDatabase, onProgress: (rowCount: number) => void): Promise<LoadedRows> {
  const { generation, counter } = await readHead(db)
  const base = new BaseRows()
  let count = 0
  const take = (entries: ReturnType<typeof openRows>): void => {
    for (const entry of entries) base.put(entry)
    count += entries.length
    onProgress(count)
  }
  for (const keys of chunksOf(await db.pages.where('n').belowOrEqual(counter).primaryKeys(), PAGES_A_CHUNK)) {
    take(openPages(present(await db.pages.bulkGet(keys))))
    await breathe()
  }
  for (const keys of chunksOf(await db.rows.where('n').belowOrEqual(counter).primaryKeys(), ROWS_A_CHUNK)) {
    take(openRows(present(await db.rows.bulkGet(keys))))
    await breathe()
  }
  return { base, throughN: counter, generation }
}

function* chunksOf<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}

const present = <T>(items: readonly (T | undefined)[]): readonly T[] => items.filter((item) => item !== undefined)

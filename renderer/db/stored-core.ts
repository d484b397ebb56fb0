import type { ReplicaDatabase, StoredMeta, StoredPage, StoredPending, StoredRow } from './replica-database.ts'
import { type ReplicaHead, type ReplicaScope, readHead, readScope } from './replica-head.ts'

/** Everything stored but the contact entries, as it was at one moment. */
export interface StoredCore {
  readonly head: ReplicaHead
  readonly scope: ReplicaScope
  /** Whether as many pages and rows are there as were written: a store can come back with some missing and say nothing. */
  readonly isComplete: boolean
  readonly pages: readonly StoredPage[]
  readonly rows: readonly StoredRow[]
  readonly pending: readonly StoredPending[]
  readonly summary: StoredMeta | undefined
  readonly entryPageNs: readonly number[]
}

/** One transaction whose requests wait for each other's answers nowhere: at start the page has the first screen to draw meanwhile. Throws where a record was changed or moved. */
export function readCore(db: ReplicaDatabase): Promise<StoredCore> {
  return db.transaction('r', [db.pages, db.rows, db.pending, db.meta], async () => {
    const [head, scope, pageCount, rowCount, pages, rows, pending, summary, entryPageNs] = await Promise.all([
      readHead(db),
      readScope(db),
      db.pages.count(),
      db.rows.count(),
      db.pages.where('part').equals('core').toArray(),
      db.rows.toArray(),
      db.pending.toArray(),
      db.meta.get('summary'),
      db.pages.where('part').equals('entries').primaryKeys(),
    ])
    return { head, scope, isComplete: head.pageCount === pageCount && head.rowCount === rowCount, pages, rows, pending, summary, entryPageNs }
  })
}

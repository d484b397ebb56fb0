import Dexie, { type EntityTable } from 'dexie'
import { migrations } from './migrations/index.ts'
import type { PageFormat } from './page-text.ts'
import { SavesFirst } from './saves-first.ts'

/*
 * In clear are only keyed hashes, counters and states. `scopes` are tokens of the households a body belongs to;
 * `n` is one local counter over pages and rows, by which windows see what is new to them.
 */
export interface StoredPage {
  readonly n: number
  readonly generation: number // of the replica when the page was written; part of what seals the body
  readonly part: 'core' | 'entries' // 'entries' = contact entries only: opened after what the first screen needs
  readonly format: PageFormat
  readonly textBytes: number // of the body when inflated
  readonly scopes: readonly string[]
  readonly sealed: Uint8Array
}
export interface StoredRow {
  readonly k: string // token of table and id
  readonly n: number
  readonly seq: number // the server's
  readonly scopes: readonly string[]
  readonly sealed: Uint8Array
}
export interface StoredPending {
  readonly id: string
  readonly n: number | null // null = no sync turn and no answer of the server has brought it yet
  readonly status: 'saved' | 'applied' | 'refused'
  readonly sealed: Uint8Array
}
export interface StoredMeta {
  readonly k: 'head' | 'scope' | 'fetch' | 'summary'
  readonly n: number // counts the record's versions
  readonly sealed: Uint8Array
}

export class ReplicaDatabase extends Dexie {
  declare pages: EntityTable<StoredPage, 'n'>
  declare rows: EntityTable<StoredRow, 'k'>
  declare pending: EntityTable<StoredPending, 'id'>
  declare meta: EntityTable<StoredMeta, 'k'>
  readonly saves = new SavesFirst()

  /** @param upToVersion opens at an old schema version; only migration tests pass it */
  constructor(name: string, upToVersion = Number.POSITIVE_INFINITY) {
    // 'strict': fsync before a write counts as done (spec J1). No cache: rows are kept in memory once, opened, by the replica.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' })
    for (const migration of migrations) if (migration.version <= upToVersion) migration.register(this)
  }

  /**
   * A new command's own write, for which its person waits: strict, committed without first hearing that the request went
   * well, and nobody is told to read it again, since the memory has had it before the disk. Rejects where the disk does not take it.
   */
  addPending(stored: StoredPending): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.backendDB().transaction('pending', 'readwrite', { durability: 'strict' })
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Dexie.AbortError())
      transaction.objectStore('pending').add(stored)
      transaction.commit()
    })
  }
}

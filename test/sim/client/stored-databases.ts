import { IDBFactory } from 'fake-indexeddb'

/*
 * What fake-indexeddb keeps of a database, as far as a crash or a rollback has to touch it. Kept by its version in package.json.
 */
interface Records {
  values(): Iterable<{ readonly key: unknown; readonly value: unknown }>
  put(record: unknown): void
}
interface RawIndex {
  readonly name: string
  readonly keyPath: unknown
  readonly multiEntry: boolean
  readonly unique: boolean
  readonly records: Records
  initialized: boolean
  readonly constructor: new (store: RawStore, name: string, keyPath: unknown, multiEntry: boolean, unique: boolean) => RawIndex
}
interface RawStore {
  readonly name: string
  readonly keyPath: unknown
  readonly autoIncrement: boolean
  readonly records: Records
  readonly rawIndexes: Map<string, RawIndex>
  readonly constructor: new (database: RawDatabase, name: string, keyPath: unknown, autoIncrement: boolean) => RawStore
}
interface RawTransaction {
  readonly mode: string
  readonly _state: string
  readonly _rollbackLog: (() => void)[]
}
interface RawDatabase {
  readonly name: string
  readonly version: number
  readonly rawObjectStores: Map<string, RawStore>
  transactions: RawTransaction[]
  connections: unknown[]
  readonly constructor: new (name: string, version: number) => RawDatabase
}
type Factory = IDBFactory & { readonly _databases: Map<string, RawDatabase> }

/** The state of all databases of one laptop. */
export type StoredDatabases = readonly RawDatabase[]

/** A copy of what is committed now. */
export function copyDatabases(factory: IDBFactory): StoredDatabases {
  return [...(factory as Factory)._databases.values()].map(copyDatabase)
}

/** Databases as the next start of the window finds them. */
export function openDatabases(stored: StoredDatabases): IDBFactory {
  const factory = new IDBFactory() as Factory
  for (const database of stored) factory._databases.set(database.name, copyDatabase(database))
  return factory
}

/** The window died: transactions under way are undone, committed ones stay. */
export function endConnections(factory: IDBFactory): IDBFactory {
  for (const database of (factory as Factory)._databases.values()) {
    for (const transaction of database.transactions) if (transaction._state !== 'finished') for (const undo of [...transaction._rollbackLog].reverse()) undo()
  }
  return openDatabases(copyDatabases(factory))
}

function copyDatabase(database: RawDatabase): RawDatabase {
  const copy = new database.constructor(database.name, database.version)
  for (const store of database.rawObjectStores.values()) {
    const target = new store.constructor(copy, store.name, store.keyPath, store.autoIncrement)
    for (const record of store.records.values()) target.records.put({ ...record })
    for (const index of store.rawIndexes.values()) {
      const copied = new index.constructor(target, index.name, index.keyPath, index.multiEntry, index.unique)
      for (const record of index.records.values()) copied.records.put({ ...record })
      copied.initialized = true
      target.rawIndexes.set(index.name, copied)
    }
    copy.rawObjectStores.set(store.name, target)
  }
  return copy
}

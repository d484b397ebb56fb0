import 'fake-indexeddb/auto' // before Dexie looks for one
import { expect, test } from 'vitest'
import { ReplicaDatabase } from '../replica-database.ts'
import { migrations } from './index.ts'

test('[C1] a shipped schema stays as it was: later versions only add', async () => {
  const db = new ReplicaDatabase('schema', 1)
  await db.open()
  const schema = Object.fromEntries(db.tables.map((t) => [t.name, [t.schema.primKey.src, ...t.schema.indexes.map((i) => i.src)]]))
  db.close()
  expect(schema).toEqual({ pages: ['n', '*scopes'], rows: ['k', 'n', '*scopes'], pending: ['id', 'n'], meta: ['k'] })
})

test('[C1] version 2 opens pages by part, and drops those that were packed otherwise', async () => {
  const old = new ReplicaDatabase('packed', 1)
  await old.open()
  await old.table('pages').put({ n: 1, generation: 0, scopes: [], sealed: new Uint8Array(3) })
  await old.table('rows').put({ k: 'a', n: 2, seq: 1, scopes: [], sealed: new Uint8Array(3) })
  old.close()
  const db = new ReplicaDatabase('packed')
  await db.open()
  expect([await db.pages.count(), await db.rows.count()]).toEqual([0, 1])
  expect(db.pages.schema.indexes.map((i) => i.src)).toEqual(['part', '*scopes'])
  db.close()
})

test('versions are numbered one after the other', () => {
  expect(migrations.map((m) => m.version)).toEqual(migrations.map((_, i) => i + 1))
})

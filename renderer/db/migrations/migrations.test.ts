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

test('versions are numbered one after the other', () => {
  expect(migrations.map((m) => m.version)).toEqual(migrations.map((_, i) => i + 1))
})

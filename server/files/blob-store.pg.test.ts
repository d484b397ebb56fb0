import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { cloneDatabase } from '../db/clone-database.ts'
import { findBlob, storeBlob } from './blob-store.ts'

test('bytes that were changed in the database are not taken for those of their hash, and come right when they are sent again', async () => {
  const database = await cloneDatabase()
  try {
    const bytes = new TextEncoder().encode('100.00 EUR')
    const sha256 = await storeBlob(database.appDb, bytes, 0)
    await sql`UPDATE blob SET bytes = 'x' WHERE sha256 = ${sha256}`.execute(database.db)
    expect(await findBlob(database.appDb, sha256)).toBeUndefined()
    await storeBlob(database.appDb, bytes, 1)
    expect(Buffer.from((await findBlob(database.appDb, sha256)) ?? []).toString()).toBe('100.00 EUR')
  } finally {
    await database.drop()
  }
})

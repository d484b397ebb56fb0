import { createHash } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'

export const sha256OfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Keeps bytes under their hash; those that somebody changed in the database are replaced. @returns hex SHA-256 */
export async function storeBlob(db: Db, bytes: Uint8Array, storedAtMs: number): Promise<string> {
  const sha256 = sha256OfBytes(bytes)
  const values = { sha256, bytes: Buffer.from(bytes), stored_at_ms: storedAtMs }
  await withActor(db, null, (tx) =>
    tx
      .insertInto('blob')
      .values(values)
      .onConflict((c) => c.column('sha256').doUpdateSet({ bytes: values.bytes }).whereRef('blob.bytes', '<>', 'excluded.bytes'))
      .execute(),
  )
  return sha256
}

/** The bytes, where they still have their hash; others count as not arrived, so that the device sends them again. */
export async function findBlob(db: Db, sha256: string): Promise<Uint8Array | undefined> {
  const row = await withActor(db, null, (tx) => tx.selectFrom('blob').select('bytes').where('sha256', '=', sha256).executeTakeFirst())
  return row && sha256OfBytes(row.bytes) === sha256 ? row.bytes : undefined
}

export async function hasBlob(db: Db, sha256: string): Promise<boolean> {
  const row = await withActor(db, null, (tx) => tx.selectFrom('blob').select('sha256').where('sha256', '=', sha256).executeTakeFirst())
  return row !== undefined
}

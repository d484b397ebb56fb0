import { createHash } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'

export const sha256OfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Keeps bytes under their hash; those that are there already stay. @returns hex SHA-256 */
export async function storeBlob(db: Db, bytes: Uint8Array, storedAtMs: number): Promise<string> {
  const sha256 = sha256OfBytes(bytes)
  const values = { sha256, bytes: Buffer.from(bytes), stored_at_ms: storedAtMs }
  await withActor(db, null, (tx) =>
    tx
      .insertInto('blob')
      .values(values)
      .onConflict((c) => c.doNothing())
      .execute(),
  )
  return sha256
}

export async function findBlob(db: Db, sha256: string): Promise<Uint8Array | undefined> {
  const row = await withActor(db, null, (tx) => tx.selectFrom('blob').select('bytes').where('sha256', '=', sha256).executeTakeFirst())
  return row?.bytes
}

export async function hasBlob(db: Db, sha256: string): Promise<boolean> {
  const row = await withActor(db, null, (tx) => tx.selectFrom('blob').select('sha256').where('sha256', '=', sha256).executeTakeFirst())
  return row !== undefined
}

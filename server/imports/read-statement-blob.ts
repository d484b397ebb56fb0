import type { Result } from '../../shared/lib/result.ts'
import type { Db } from '../db/open-database.ts'
import type { FeedReader, ReadError } from '../feeds/read-apart.ts'
import type { StatementFile } from '../feeds/statement-file.ts'
import { findBlob } from '../files/blob-store.ts'

export type ReadFile = Result<StatementFile, ReadError>

/** The statement file stored under the hash, read; undefined where its bytes have not arrived. */
export async function readStatementBlob(deps: { readonly db: Db; readonly reader: FeedReader }, sha256: string): Promise<ReadFile | undefined> {
  const bytes = await findBlob(deps.db, sha256)
  return bytes && deps.reader.read(bytes)
}

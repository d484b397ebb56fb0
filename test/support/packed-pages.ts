/** Packed pages in Node, as the server makes them and as a device reads them. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { must } from '../../shared/lib/must.ts'
import { decodePackedPage, type PackedPage, packText, unpackText } from '../../shared/sync/packed-page.ts'
import type { WireRow } from '../../shared/sync/pull.ts'

export const unpackPage = ({ body }: Pick<PackedPage, 'body'>): readonly WireRow[] => unpackText(inflateRawSync(body).toString())

/** The page in the bytes of an HTTP answer. */
export const mustDecodePage = (bytes: Uint8Array): PackedPage => must(decodePackedPage(bytes) ?? undefined, 'packed page')

/** A page of rows, in their order. */
export function packRows(rows: readonly WireRow[], householdIds: readonly string[], next: string | null): PackedPage {
  const tables = rows.map(({ table, seq, row }) => {
    const fields = Object.entries(row as object)
    return { table, keys: [...fields.map(([field]) => field), 'seq'], rowsJson: JSON.stringify([...fields.map(([, value]) => value), seq]) }
  })
  const text = Buffer.from(packText(tables))
  return { header: { format: 1, rowCount: rows.length, textBytes: text.length, householdIds: [...householdIds], next }, body: new Uint8Array(deflateRawSync(text)) }
}

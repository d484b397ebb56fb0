import { type PackedPage, type PackedRow, unpackText } from '../../shared/sync/packed-page.ts'

/** The rows of a packed page. Throws where it holds more text than its header says: such a page is not unpacked further. */
export async function unpackPage({ header, body }: PackedPage): Promise<PackedRow[]> {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const text = new Uint8Array(header.textBytes)
  let length = 0
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    if (length + value.length > text.length) {
      await reader.cancel()
      throw new Error('packed page: more text than announced')
    }
    text.set(value, length)
    length += value.length
  }
  return unpackText(new TextDecoder('utf-8', { fatal: true }).decode(text.subarray(0, length)))
}

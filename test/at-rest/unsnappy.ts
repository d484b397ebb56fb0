/**
 * Unpacks Snappy that other bytes follow, which the library refuses; gives what came before the first wrong byte.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unsnappy(packed: Buffer, mostBytes: number): Buffer {
  let at = 0
  let length = 0
  for (let shift = 0; shift < 32; shift += 7) {
    const byte = packed[at++] ?? 0
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  if (length > mostBytes) return Buffer.alloc(0)
  const out = Buffer.alloc(length)
  let done = 0
  while (done < length && at < packed.length) {
    const tag = packed[at++] ?? 0
    if ((tag & 3) === 0) {
      const extra = Math.max(0, (tag >> 2) - 59)
      const size = 1 + (extra === 0 ? tag >> 2 : packed.readUIntLE(at, extra))
      at += extra
      done += packed.copy(out, done, at, at + size)
      at += size
      continue
    }
    const { size, offset, read } = copyOf(packed, at, tag)
    at += read
    if (offset === 0 || offset > done) break
    const end = Math.min(length, done + size)
    for (; done < end; done++) out[done] = out[done - offset] ?? 0
  }
  return out.subarray(0, done)
}

function copyOf(packed: Buffer, at: number, tag: number): { readonly size: number; readonly offset: number; readonly read: number } {
  if ((tag & 3) === 1) return { size: 4 + ((tag >> 2) & 7), offset: ((tag >> 5) << 8) + (packed[at] ?? 0), read: 1 }
  const read = (tag & 3) === 2 ? 2 : 4
  return { size: 1 + (tag >> 2), offset: packed.readUIntLE(at, read), read }
}

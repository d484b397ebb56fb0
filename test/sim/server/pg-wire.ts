/** PostgreSQL's protocol, as much of it as one statement takes: with PGlite's own writer and reader it took a third longer. */

export interface Column {
  readonly name: string
  readonly typeId: number // oid
}

export interface Answer {
  /** null = not described: a statement that is run again has the columns that it had. */
  readonly columns: readonly Column[] | null
  readonly rows: readonly (readonly (string | null)[])[]
  /** Of the command's tag: how many rows it touched. */
  readonly affected: number
  /** Fields by their letter: C = SQLSTATE, M = message. null = it went well. */
  readonly error: Readonly<Record<string, string>> | null
  readonly notices: readonly { readonly channel: string; readonly payload: string }[]
}

/** One message: its letter, its length, its body. */
function message(letter: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.allocUnsafe(5)
  head.write(letter, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf8')

const numbers = (size: 2 | 4, ...values: readonly number[]): Buffer => {
  const bytes = Buffer.allocUnsafe(values.length * size)
  for (const [i, value] of values.entries()) bytes.writeIntBE(value, i * size, size)
  return bytes
}

export const parseMessage = (name: string, sql: string): Buffer => message('P', text(name), text(sql), numbers(2, 0))

/** @param values texts or bytes */
export function bindMessage(name: string, values: readonly (string | Uint8Array | null)[]): Buffer {
  const formats = numbers(2, values.length, ...values.map((value) => (value instanceof Uint8Array ? 1 : 0)))
  const parts = values.flatMap((value) => {
    if (value === null) return [numbers(4, -1)]
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
    return [numbers(4, bytes.length), bytes as Buffer]
  })
  return message('B', text(''), text(name), formats, numbers(2, values.length), ...parts, numbers(2, 0))
}

const DESCRIBE = message('D', Buffer.from('P'), text(''))
const EXECUTE_AND_SYNC = Buffer.concat([message('E', text(''), numbers(4, 0)), message('S')])

/** @param isKnown its columns are known from before */
export const runMessages = (isKnown: boolean): Buffer => (isKnown ? EXECUTE_AND_SYNC : Buffer.concat([DESCRIBE, EXECUTE_AND_SYNC]))

/** @param bytes whole messages */
export function readAnswer(bytes: Buffer): Answer {
  let columns: Column[] | null = null
  let affected = 0
  let error: Record<string, string> | null = null
  const rows: (string | null)[][] = []
  const notices: { channel: string; payload: string }[] = []
  for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const letter = bytes[at]
    const from = at + 5
    if (letter === 0x44) rows.push(readRow(bytes, from))
    else if (letter === 0x54) columns = readColumns(bytes, from)
    else if (letter === 0x43) affected = Number(readText(bytes, from).split(' ').at(-1)) || 0
    else if (letter === 0x45) error ??= readFields(bytes, from)
    else if (letter === 0x41) {
      const channel = readText(bytes, from + 4)
      notices.push({ channel, payload: readText(bytes, from + 5 + Buffer.byteLength(channel)) })
    }
  }
  return { columns, rows, affected, error, notices }
}

const readText = (bytes: Buffer, from: number): string => bytes.toString('utf8', from, bytes.indexOf(0, from))

function readRow(bytes: Buffer, from: number): (string | null)[] {
  const count = bytes.readInt16BE(from)
  const row = new Array<string | null>(count)
  let at = from + 2
  for (let i = 0; i < count; i++) {
    const length = bytes.readInt32BE(at)
    at += 4
    row[i] = length < 0 ? null : bytes.toString('utf8', at, at + length)
    if (length > 0) at += length
  }
  return row
}

function readColumns(bytes: Buffer, from: number): Column[] {
  const columns: Column[] = []
  let at = from + 2
  for (let left = bytes.readInt16BE(from); left > 0; left--) {
    const end = bytes.indexOf(0, at)
    columns.push({ name: bytes.toString('utf8', at, end), typeId: bytes.readInt32BE(end + 7) })
    at = end + 19
  }
  return columns
}

function readFields(bytes: Buffer, from: number): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = from; bytes[at] !== 0; ) {
    const value = readText(bytes, at + 1)
    fields[String.fromCharCode(bytes[at] ?? 0)] = value
    at += 2 + Buffer.byteLength(value)
  }
  return fields
}

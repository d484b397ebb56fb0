import { once } from 'node:events'
import { Readable } from 'node:stream'
import type pg from 'pg'

/*
 * PostgreSQL's COPY through the driver, which offers the protocol's messages but no stream. Bytes stay as they are:
 * nothing is parsed, so nothing can be rounded or re-encoded.
 */

/** What the driver's connection has beside its published type. */
interface CopyConnection {
  readonly stream: NodeJS.ReadWriteStream & { readonly writableNeedDrain?: boolean }
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

/** The rows of `COPY … TO STDOUT`; a slow reader makes the server wait. */
class CopyOut extends Readable implements pg.Submittable {
  readonly #text: string
  #connection: CopyConnection | undefined
  rowCount = 0 // as the server counted them; set when everything was read

  constructor(text: string) {
    super({ highWaterMark: 262_144 })
    this.#text = text
  }

  submit = (connection: unknown): void => {
    this.#connection = connection as CopyConnection
    this.#connection.query(this.#text)
  }

  override _read(): void {
    this.#connection?.stream.resume()
  }

  /** A copy: the driver writes its next bytes over these. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (!this.push(Buffer.from(chunk))) this.#connection?.stream.pause()
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.rowCount = Number(text.split(' ')[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.push(null)
  }

  handleError(error: Error): void {
    this.destroy(error)
  }
}

/** Reads everything that the statement copies out. */
export const copyOut = (client: pg.Client, text: string): AsyncIterable<Buffer> & { readonly rowCount: number } => client.query(new CopyOut(text))

class CopyIn implements pg.Submittable {
  readonly #text: string
  readonly #rows: AsyncIterable<Buffer>
  readonly #done: (error: Error | null, rowCount: number) => void
  #failure: Error | null = null
  #rowCount = 0

  constructor(text: string, rows: AsyncIterable<Buffer>, done: (error: Error | null, rowCount: number) => void) {
    this.#text = text
    this.#rows = rows
    this.#done = done
  }

  submit = (connection: unknown): void => (connection as CopyConnection).query(this.#text)

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).then(
      () => connection.endCopyFrom(),
      (error: Error) => {
        this.#failure = error
        connection.sendCopyFail('the source broke off')
      },
    )
  }

  async #send(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.#rows) {
      if (this.#failure) return
      connection.sendCopyFromChunk(chunk)
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rowCount = Number(text.split(' ')[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.#done(this.#failure, this.#rowCount)
  }

  /** The last word about this statement, from the server or about the connection. */
  handleError(error: Error): void {
    this.#failure ??= error
    this.#done(this.#failure, 0)
  }
}

/** Writes rows in the form in which `copyOut` gave them. @returns how many */
export function copyIn(client: pg.Client, text: string, rows: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((done, fail) => {
    client.query(new CopyIn(text, rows, (error, rowCount) => (error ? fail(error) : done(rowCount))))
  })
}

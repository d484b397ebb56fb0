import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Signer } from '../../shared/sync/signing.ts'
import type { KeptHead } from './proof/export-format.ts'
import { type WitnessLine, witnessText } from './proof/read-heads.ts'

/** The append-only file of signed heads, outside the database. One line is on the disk before the next is written. */
export class WitnessFile {
  readonly last: WitnessLine | null // as it was found at opening
  readonly epochs: Set<string> // of all its lines
  readonly #handle: FileHandle
  readonly #signer: Signer

  private constructor(handle: FileHandle, signer: Signer, lines: readonly WitnessLine[]) {
    this.#handle = handle
    this.#signer = signer
    this.last = lines.at(-1) ?? null
    this.epochs = new Set(lines.map(({ epoch }) => epoch))
  }

  /** Makes the file where there is none; cuts off a last line that was never finished. @throws the system's error */
  static async open(path: string, signer: Signer): Promise<WitnessFile> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) truncateSync(path, end)
    const text = bytes.subarray(0, end).toString('utf8').trimEnd()
    const lines = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as WitnessLine)
    return new WitnessFile(await open(path, 'a', 0o600), signer, lines)
  }

  /** @throws the system's error; of a line that found no room nothing stays, or the next one would stand behind its beginning */
  async append(head: KeptHead): Promise<void> {
    const line: WitnessLine = { ...head, publicKey: this.#signer.publicKey, signature: this.#signer.sign(witnessText(head)) }
    const { size } = await this.#handle.stat()
    try {
      await this.#handle.appendFile(`${JSON.stringify(line)}\n`)
      await this.#handle.datasync()
    } catch (error) {
      await this.#handle.truncate(size)
      throw error
    }
    this.epochs.add(head.epoch)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

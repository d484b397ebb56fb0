import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** What the journal needs of a file; tests pass one that fails. */
export interface JournalFile {
  /** Writes all bytes or throws. */
  write(bytes: Uint8Array, position: number): Promise<void>
  datasync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

export type OpenJournalFile = (path: string) => Promise<JournalFile>

/** Linux: what is written is on the disk when the write is over, as with fdatasync after it, in one wait instead of two. Elsewhere the flag promises less. */
const SYNCED_WRITES = process.platform === 'linux' ? constants.O_DSYNC : 0

/** Opens an existing file for writing. @throws the system's error */
export async function openJournalFile(path: string): Promise<JournalFile> {
  const handle = await open(path, constants.O_RDWR | SYNCED_WRITES)
  let isCut = false // a synced write does not stand for it
  return {
    async write(bytes, position) {
      let done = 0
      while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
    },
    async datasync() {
      if (SYNCED_WRITES === 0 || isCut) await handle.datasync()
      isCut = false
    },
    async truncate(length) {
      isCut = true
      await handle.truncate(length)
    },
    close: () => handle.close(),
  }
}

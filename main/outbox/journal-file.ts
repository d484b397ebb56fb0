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

/** Opens an existing file for writing. @throws the system's error */
export async function openJournalFile(path: string): Promise<JournalFile> {
  const handle = await open(path, 'r+')
  return {
    async write(bytes, position) {
      let done = 0
      while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
    },
    datasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  }
}

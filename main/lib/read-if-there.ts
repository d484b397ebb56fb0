import { readFile } from 'node:fs/promises'
import { systemErrorCode } from './system-error.ts'

/** A whole file; undefined only where there is none. @throws the system's error where it is there and cannot be read */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

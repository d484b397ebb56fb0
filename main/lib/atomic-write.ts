import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reach } from '../../shared/testing/fault-point.ts'
import { systemErrorCode } from './system-error.ts'

/** A directory's new names are durable only after the directory itself was synced; Windows cannot and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The last write to each path that is not over yet. */
const underWay = new Map<string, Promise<void>>()

/**
 * Replaces a file as a whole: after a crash at any instant it holds either the old or the new bytes. Writes to one path
 * follow each other, as they share the temporary file.
 * @throws the system's error (ENOSPC, EACCES …); the old file is then untouched
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  const before = underWay.get(path)
  const turn = before ? before.catch(() => undefined).then(() => replaceFile(path, bytes)) : replaceFile(path, bytes)
  underWay.set(path, turn)
  try {
    await turn
  } finally {
    if (underWay.get(path) === turn) underWay.delete(path)
  }
}

/** For simulated processes, which share this module's memory: the writes of one that was killed are never over. */
export function forgetWritesBelow(folder: string): void {
  for (const path of underWay.keys()) if (path.startsWith(folder)) underWay.delete(path)
}

async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.new`
  try {
    const handle = await openAnew(temporary)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    reach('main.file.before-rename')
    await rename(temporary, path)
    reach('main.file.renamed')
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined) // the first error says more
    throw error
  }
  await syncFolder(dirname(path))
}

/** A new file that is ours alone. What has the name already goes: a crash left it, or somebody put a link there, or a file open to others. */
async function openAnew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error
  }
  await rm(path)
  return open(path, 'wx', 0o600)
}

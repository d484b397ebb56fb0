import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, startedAt } from './process-state.ts'

/** Keeps a second server off the same folder: it would stop the database of the first. A lock whose process has ended does not count. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'server.lock')
  if (existsSync(path)) {
    const [pid = '', since = ''] = readFileSync(path, 'utf8').split(' ')
    if (Number(pid) !== process.pid && isRunning(Number(pid)) && startedAt(Number(pid)) === since)
      throw new Error(`The server with process id ${pid} uses ${folder}. Stop it, or set RAPPORT_DATA_DIR to another folder.`)
  }
  writeFileSync(path, `${process.pid} ${startedAt(process.pid)}`)
  return () => rmSync(path, { force: true })
}

import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openJournalFile } from './journal-file.ts'

const O_DSYNC = 0o10000
const path = join(tmpdir(), `journal-file-${process.pid}`)
afterEach(() => rm(path, { force: true }))

/** The flags with which this process has the file open, as the system tells them. */
async function flagsOf(name: string): Promise<number> {
  for (const fd of await readdir('/proc/self/fd')) {
    if ((await readlink(`/proc/self/fd/${fd}`).catch(() => '')) !== name) continue
    return Number.parseInt(/flags:\s+(\d+)/.exec(await readFile(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '', 8)
  }
  throw new Error('not open')
}

test.runIf(process.platform === 'linux')('[J1] a write is on the disk when it is over', async () => {
  await writeFile(path, '')
  const file = await openJournalFile(path)
  expect((await flagsOf(path)) & O_DSYNC).toBe(O_DSYNC)
  await file.close()
})

test('writes in place, cuts, and writes behind the cut', async () => {
  await writeFile(path, 'Journal')
  const file = await openJournalFile(path)
  await file.write(Buffer.from('nal of all'), 4)
  await file.datasync()
  await file.truncate(7)
  await file.datasync()
  await file.write(Buffer.from('!'), 7)
  await file.close()
  expect(await readFile(path, 'utf8')).toBe('Journal!')
})

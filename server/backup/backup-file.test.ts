/** Goal: whoever names a wrong place hears which and why, and no database is asked anything. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { checkBackup, writeBackup } from './backup-file.ts'
import type { BackupSecret } from './backup-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-place-'))
const file = join(folder, 'a file')
writeFileSync(file, '')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const secret: BackupSecret = { type: 'key-file', key: Buffer.alloc(32, 1) }

test.each([
  ['none', join(folder, 'none.backup'), 'there is no such file'],
  ['a folder', folder, 'it is a folder; name a file'],
  ['below a file', join(file, 'x.backup'), 'a part of the path is a file'],
])('a backup that cannot be read (%s) is named', async (_what, path, problem) => {
  await expect(checkBackup(path, secret)).rejects.toMatchObject({ code: 'no-place', message: `The backup cannot be read from ${path}: ${problem}.` })
})

test.each([
  ['a folder', folder, 'it is a folder; name a file'],
  ['below a file', join(file, 'x.backup'), 'a part of the path is a file'],
])('a place that takes no backup (%s) is named, and nothing is left there', async (_what, path, problem) => {
  const unconnected = new pg.Client()
  await expect(writeBackup(unconnected, path, secret, 1_000)).rejects.toMatchObject({ code: 'no-place', message: `No backup was written to ${path}: ${problem}.` })
  expect(readdirSync(folder)).toEqual(['a file'])
})

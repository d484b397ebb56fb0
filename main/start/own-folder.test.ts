import { chmodSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeToOthers } from './own-folder.ts'

test.runIf(process.platform !== 'win32')('a folder that was open to others is closed; one that is not there is nobody’s trouble', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-own-'))
  chmodSync(folder, 0o777)
  closeToOthers(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(() => closeToOthers(join(folder, 'absent'))).not.toThrow()
})

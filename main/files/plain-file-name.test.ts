import { expect, test } from 'vitest'
import { plainFileName } from './plain-file-name.ts'

test.each([
  ['Attention 2026-11-22.txt', 'Attention 2026-11-22.txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system.ini', 'system.ini'],
  ['..', 'rapport.txt'],
  ['.', 'rapport.txt'],
  ['', 'rapport.txt'],
  ['/', 'rapport.txt'],
  ['.bashrc', 'bashrc'],
  ['nul.txt', 'rapport.txt'],
  ['a\u0000b<c>.txt', 'a_b_c_.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['trailing. . ', 'trailing'],
])('%j is suggested as %j', (suggested, name) => {
  expect(plainFileName(suggested)).toBe(name)
})

import { expect, test } from 'vitest'
import { isPassphraseLongEnough } from './passphrase.ts'

test.each([
  ['four words here', true], // 15
  ['fourteen chars', false],
  ['', false],
  ['e\u0301'.repeat(14), false], // é, typed as a letter and an accent: 28 units, 14 characters
  ['e\u0301'.repeat(15), true],
])('"%s" is long enough: %s', (passphrase, isLong) => {
  expect(isPassphraseLongEnough(passphrase)).toBe(isLong)
})

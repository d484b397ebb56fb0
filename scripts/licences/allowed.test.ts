import { expect, test } from 'vitest'
import { isAllowed } from './allowed.mjs'

test('takes every part of an AND and one of an OR, and refuses what it does not know', () => {
  for (const licence of ['MIT', '(ISC AND CC-BY-3.0)', '(GPL-3.0 OR MIT)', 'MIT OR Apache-2.0']) expect(isAllowed(licence), licence).toBe(true)
  for (const licence of ['GPL-3.0', 'MIT AND GPL-2.0', '', 'not stated', 'SEE LICENSE IN LICENSE.md', '((MIT))']) expect(isAllowed(licence), licence).toBe(false)
})

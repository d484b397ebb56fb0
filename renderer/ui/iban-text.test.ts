import { expect, test } from 'vitest'
import { groupIban } from './iban-text.ts'

test.each([
  ['AT611904300234573201', 'AT61 1904 3002 3457 3201'],
  ['NO9386011117947', 'NO93 8601 1117 947'],
  ['', ''],
])('%s is read as "%s"', (iban, grouped) => {
  expect(groupIban(iban)).toBe(grouped)
})

import { expect, test } from 'vitest'
import { sheetText } from './sheet-text.ts'

test('cells stand between tabs and rows in lines of their own, whatever blanks a text holds', () => {
  expect(
    sheetText([
      ['Nagy', 'Budapest', ''],
      ['Two\nlines', 'a\ttab', 'EUR\u00A02'],
    ]),
  ).toBe('Nagy\tBudapest\t\nTwo lines\ta tab\tEUR 2')
})

test.each(['=HYPERLINK("http://x")', '+1+1', '-1+1', '@SUM(A1)', ' =1', '\t=1', '\n=1'])('%j is no formula where it is pasted', (text) => {
  expect(sheetText([[text]])).toBe(`'${text.trim()}`)
})

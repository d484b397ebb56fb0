import { expect, test } from 'vitest'
import { parseDay } from './parse-day.ts'

const TODAY = '2026-11-18' // a Wednesday

test.each([
  ['today', 'en', '2026-11-18'],
  ['tomorrow', 'en', '2026-11-19'],
  ['fri', 'en', '2026-11-20'],
  ['Friday', 'en', '2026-11-20'],
  ['wed', 'en', '2026-11-25'],
  ['next friday', 'en', '2026-11-27'],
  ['in 2 weeks', 'en', '2026-12-02'],
  ['2w', 'en', '2026-12-02'],
  ['in a month', 'en', '2026-12-18'],
  ['nov 12', 'en', '2026-11-12'],
  ['15 dec', 'en', '2026-12-15'],
  ['by 15 December', 'en', '2026-12-15'],
  ['jan 31', 'en', '2027-01-31'],
  ['15 Dec 2027', 'en', '2027-12-15'],
  ['2026-12-15', 'en', '2026-12-15'],
  ['15/12/2026', 'en', '2026-12-15'],
  ['morgen', 'de', '2026-11-19'],
  ['Fr', 'de', '2026-11-20'],
  ['Freitag', 'de', '2026-11-20'],
  ['nächsten Freitag', 'de', '2026-11-27'],
  ['in 2 Wochen', 'de', '2026-12-02'],
  ['in zwei Wochen', 'de', '2026-12-02'],
  ['15. Dez', 'de', '2026-12-15'],
  ['15. Dezember', 'de', '2026-12-15'],
  ['15.12.', 'de', '2026-12-15'],
  ['15.12.2026', 'de', '2026-12-15'],
  ['3. März', 'de', '2027-03-03'],
  ['holnap', 'hu', '2026-11-19'],
  ['péntek', 'hu', '2026-11-20'],
  ['2 hét múlva', 'hu', '2026-12-02'],
  ['két hét múlva', 'hu', '2026-12-02'],
  ['dec. 15', 'hu', '2026-12-15'],
  ['december 15', 'hu', '2026-12-15'],
  ['12.15.', 'hu', '2026-12-15'],
  ['2026. december 15.', 'hu', '2026-12-15'],
  ['2026.12.15.', 'hu', '2026-12-15'],
] as const)('%s (%s) is %s', (text, language, day) => {
  expect(parseDay(text, TODAY, language)).toBe(day)
})

test('a due day leans ahead, a day of the past to the nearest', () => {
  expect(parseDay('15 dec', '2027-01-10', 'en')).toBe('2026-12-15')
  expect(parseDay('15 dec', '2027-01-10', 'en', 'ahead')).toBe('2027-12-15')
  expect(parseDay('15.12.', '2027-01-10', 'de', 'ahead')).toBe('2027-12-15')
  expect(parseDay('today', '2027-01-10', 'en', 'ahead')).toBe('2027-01-10')
})

test.each(['', 'soon', '31 april 2027', '32.1.2026', '99 bottles', 'in x weeks', '2026-13-01'])('%j is no day', (text) => {
  expect(parseDay(text, TODAY, 'en')).toBeNull()
})

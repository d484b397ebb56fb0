import { expect, test } from 'vitest'
import { wallClockOf } from '../../lib/zoned-time.ts'
import { parseWhen } from './parse-when.ts'

const ZONE = 'Europe/Budapest'
const NOW = Date.parse('2026-11-18T15:40:00Z') // Wednesday 16:40 in Budapest

test.each([
  ['', 'en', '2026-11-18 16:40'],
  ['now', 'en', '2026-11-18 16:40'],
  ['14:20', 'en', '2026-11-18 14:20'],
  ['3pm', 'en', '2026-11-18 15:00'],
  ['20 min ago', 'en', '2026-11-18 16:20'],
  ['2 hours ago', 'en', '2026-11-18 14:40'],
  ['today', 'en', '2026-11-18 16:40'],
  ['yesterday', 'en', '2026-11-17 12:00'],
  ['yesterday 15:30', 'en', '2026-11-17 15:30'],
  ['fri', 'en', '2026-11-13 12:00'],
  ['last monday at 9:15', 'en', '2026-11-16 09:15'],
  ['12 nov 10:00', 'en', '2026-11-12 10:00'],
  ['2026-11-12 08:05', 'en', '2026-11-12 08:05'],
  ['gestern 15 Uhr', 'de', '2026-11-17 15:00'],
  ['vor 20 Min', 'de', '2026-11-18 16:20'],
  ['Montag, 9:30', 'de', '2026-11-16 09:30'],
  ['12.11.', 'de', '2026-11-12 12:00'],
  ['tegnap 9:00', 'hu', '2026-11-17 09:00'],
  ['20 perce', 'hu', '2026-11-18 16:20'],
  ['hétfő 9:30', 'hu', '2026-11-16 09:30'],
  ['11.12. 10:00', 'hu', '2026-11-12 10:00'],
] as const)('%j (%s) is %s', (text, language, expected) => {
  const atMs = parseWhen(text, NOW, ZONE, language)
  const at = atMs === null ? null : wallClockOf(atMs, ZONE)
  expect(at && `${at.on} ${at.time}`).toBe(expected)
})

test.each(['soon', '25:10', 'yesterday-ish', '12'])('%j is not understood', (text) => {
  expect(parseWhen(text, NOW, ZONE, 'en')).toBeNull()
})

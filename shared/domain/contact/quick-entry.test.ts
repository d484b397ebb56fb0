import { expect, test } from 'vitest'
import { parseQuickEntry, type QuickContext } from './quick-entry.ts'

const context = (language: QuickContext['language']): QuickContext => ({
  todayOn: '2026-11-18',
  language,
  currency: 'EUR',
  households: [
    { id: 'nagy', names: ['Nagy family', 'Nagy Ferenc'] },
    { id: 'muller', names: ['Familie Müller', 'Hans Müller'] },
    { id: 'olah', names: ['Oláh Holding Kft.', 'Oláh Béla'] },
  ],
})

test('understands the English example', () => {
  expect(parseQuickEntry('call Nagy 25min pledged 2M EUR by 15 Dec, follow up in 2 weeks', context('en'))).toEqual({
    householdId: 'nagy',
    channel: 'phone',
    lengthMinutes: 25,
    outcome: { kind: 'pledge', amountMinor: 200_000_000, currency: 'EUR', expectedOn: '2026-12-15' },
    followUpOn: '2026-12-02',
    rest: [],
  })
})

test('understands the German example', () => {
  expect(parseQuickEntry('Anruf Müller 25 Min, 2 Mio EUR zugesagt bis 15. Dez, nachfassen in 2 Wochen', context('de'))).toEqual({
    householdId: 'muller',
    channel: 'phone',
    lengthMinutes: 25,
    outcome: { kind: 'pledge', amountMinor: 200_000_000, currency: 'EUR', expectedOn: '2026-12-15' },
    followUpOn: '2026-12-02',
    rest: [],
  })
})

test('understands the Hungarian example', () => {
  expect(parseQuickEntry('hívás Oláh 25 perc, 200 M Ft-ot ígért dec. 15-ig, utánkövetés 2 hét múlva', context('hu'))).toEqual({
    householdId: 'olah',
    channel: 'phone',
    lengthMinutes: 25,
    outcome: { kind: 'pledge', amountMinor: 20_000_000_000, currency: 'HUF', expectedOn: '2026-12-15' },
    followUpOn: '2026-12-02',
    rest: [],
  })
})

test('tells an incoming contact, an attempt and a meeting', () => {
  expect(parseQuickEntry('Müller called me 10 min', context('en'))).toMatchObject({ householdId: 'muller', channel: 'phone', direction: 'inbound', lengthMinutes: 10 })
  expect(parseQuickEntry('call Nagy, no answer', context('en'))).toMatchObject({ householdId: 'nagy', channel: 'phone', isReached: false })
  expect(parseQuickEntry('lunch with Hans Müller 2h deposited 500k', context('en'))).toMatchObject({
    householdId: 'muller',
    channel: 'inPerson',
    lengthMinutes: 120,
    outcome: { kind: 'deposit', amountMinor: 50_000_000, currency: 'EUR' },
  })
})

test('names what it did not understand and guesses no household', () => {
  const entry = parseQuickEntry('call Zsigmond about the yacht', context('en'))
  expect(entry.householdId).toBeUndefined()
  expect(entry.rest).toEqual(['zsigmond', 'about', 'yacht'])
})

test('takes no household where two fit equally well', () => {
  const twins = {
    ...context('en'),
    households: [
      { id: 'a', names: ['Nagy Buda'] },
      { id: 'b', names: ['Nagy Pest'] },
    ],
  }
  expect(parseQuickEntry('call Nagy 5 min', twins)).toEqual({ householdWords: 'nagy', channel: 'phone', lengthMinutes: 5, rest: [] })
  expect(parseQuickEntry('call Nagy Pest', twins).householdId).toBe('b')
})

test('understands milliards in each language, with their accents folded', () => {
  const amount = (line: string, language: 'en' | 'de' | 'hu') => parseQuickEntry(line, context(language)).outcome?.amountMinor
  expect(amount('Oláh 2 milliárd Ft-ot ígért', 'hu')).toBe(200_000_000_000)
  expect(amount('Müller 2 Milliarden EUR zugesagt', 'de')).toBe(200_000_000_000)
  expect(amount('Nagy pledged 1.5 billion EUR', 'en')).toBe(150_000_000_000)
})

import { expect, test } from 'vitest'
import { findSimilarPayer } from './similar-payer.ts'

test.each([
  ['Nagy Péter', 'PETER NAGY', true],
  ['Müller, Hans', 'Hans Mueller', true],
  ['Dr. Johanna Groß', 'Gross Johanna', true],
  ['Anna-Maria Beispiel', 'A. M. Beispiel', true],
  ['Őry Zoltán', 'Ory Zoltan Bt.', true],
  ['Beispiel Vermögensverwaltung GmbH', 'BEISPIEL VERMOEGENSVERWALTUNG', true],
  ['Finpetrol Kft.', 'FINPETROL ZRT', true],
  ['Johanna Mustermann', 'Johanna Musterman', true],
  ['Nagy Péter', 'Nagy Éva', false],
  ['Nagy Péter', 'Nagy', false],
  ['Finpetrol Kft.', 'Finpetrol Trading Zrt', false],
  ['A B', 'A B', false],
  ['Anna Muster', 'Bank', false],
  ['', '', false],
])('%s and %s: %s', (name, payer, expected) => {
  expect(findSimilarPayer([name], payer)).toBe(expected ? name : null)
})

test('no payer name resembles nobody', () => {
  expect(findSimilarPayer(['Anna Muster'], null)).toBeNull()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText } from './fold-text.ts'

/** The rule in one piece, as it was before the short ways. */
const foldSlowly = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replace(/\s+/g, ' ')
    .trim()

test.each([
  ['Őry  Anna ', 'ory anna'],
  ['STRASSE Straße', 'strasse strasse'],
  ['Łódź, Ærø', 'lodz, æro'],
  ['①½ﬁ', '11⁄2fi'],
  ['हिन्दी\u00a0A', 'हनद a'],
])('%s → %s', (text, folded) => {
  expect(foldText(text)).toBe(folded)
  expect(foldSlowly(text)).toBe(folded)
})

test('the short ways fold as the long one does', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string()), (text) => foldText(text) === foldSlowly(text)))
})

import { expect, test } from 'vitest'
import { changeCaseDraft } from './case-draft.ts'

test('a letter that is stored late takes nothing of what was typed meanwhile', () => {
  changeCaseDraft('claim', { reason: 'The letter is signed by both.' })
  expect(changeCaseDraft('claim', { letter: { name: 'letter.pdf', sha256: 'ab' } })).toMatchObject({ reason: 'The letter is signed by both.', letter: { name: 'letter.pdf' } })
  expect(changeCaseDraft('another', { chosenIds: new Set(['line']) })).toMatchObject({ reason: null, letter: null })
})

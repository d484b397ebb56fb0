import { expect, test } from 'vitest'
import { editsBetween, inverseEdits } from './edits-between.ts'

const row = { id: 'h1', name: 'Nagy', tags: ['a'], city: 'Pest' }

test('names only what differs, with what was seen and what is wanted', () => {
  expect(editsBetween(row, { name: 'Nagy family', tags: ['a'], city: 'Pest' })).toEqual({ name: { from: 'Nagy', to: 'Nagy family' } })
})

test('is null where nothing differs', () => {
  expect(editsBetween(row, { name: 'Nagy', tags: ['a'] })).toBeNull()
})

test('takes edits back', () => {
  expect(inverseEdits({ name: { from: 'Nagy', to: 'Nagy family' } })).toEqual({ name: { from: 'Nagy family', to: 'Nagy' } })
})

import { expect, test } from 'vitest'
import { z } from 'zod'
import { applyEdits, editsOf } from './edits.ts'

const row = { name: 'Nagy', city: 'Budapest', tags: ['a'] }

test('[C5] an edit is made when the field still holds what the person saw', () => {
  expect(applyEdits(row, { city: { from: 'Budapest', to: 'Wien' } })).toEqual({ ok: true, value: { ...row, city: 'Wien' } })
})
test('[C5] a field that someone else changed is refused with the three values', () => {
  const result = applyEdits({ ...row, city: 'London' }, { city: { from: 'Budapest', to: 'Wien' } })
  expect(result).toEqual({ ok: false, error: { code: 'conflict/field', params: { field: 'city', before: '"Budapest"', mine: '"Wien"', theirs: '"London"' } } })
})
test('[C5] another field that changed meanwhile is no conflict, nor is the same wish twice', () => {
  expect(applyEdits({ ...row, name: 'Kis' }, { city: { from: 'Budapest', to: 'Wien' } }).ok).toBe(true)
  expect(applyEdits({ ...row, city: 'Wien' }, { city: { from: 'Budapest', to: 'Wien' } }).ok).toBe(true)
})
test('an edit of nothing and an edit of an unknown field are malformed', () => {
  const schema = editsOf({ city: z.string() })
  expect(schema.safeParse({}).success).toBe(false)
  expect(schema.safeParse({ secret: { from: 1, to: 2 } }).success).toBe(false)
  expect(schema.safeParse({ city: { from: 'a', to: 'b' } }).success).toBe(true)
})

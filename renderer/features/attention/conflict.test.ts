import { expect, test } from 'vitest'
import { appError } from '../../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import { findConflict, keepMine, keepTheirs } from './conflict.ts'

const args = { id: '1', edits: { city: { from: 'Pest', to: 'Buda' }, name: { from: 'A', to: 'B' } } }
const error = appError('conflict/field', { field: 'city', before: '"Pest"', mine: '"Buda"', theirs: '"Óbuda"' })
const item: OutboxItem = { id: 'c', n: 1, name: 'household/edit', version: 1, args, madeAtMs: 0, status: 'refused', error }
const conflict = { field: 'city', before: 'Pest', mine: 'Buda', theirs: 'Óbuda' }

test('[C5] shows before, mine and theirs', () => {
  expect(findConflict(item)).toEqual(conflict)
  expect(findConflict({ ...item, error: appError('access/role') })).toBeUndefined()
})

test('mine is sent anew on top of their value', () => {
  expect(keepMine(args, conflict)).toEqual({ ...args, edits: { ...args.edits, city: { from: 'Óbuda', to: 'Buda' } } })
})

test('keeping theirs sends the other edits, and nothing where there are none', () => {
  expect(keepTheirs(args, conflict)).toEqual({ id: '1', edits: { name: args.edits.name } })
  expect(keepTheirs({ id: '1', edits: { city: args.edits.city } }, conflict)).toBeNull()
})

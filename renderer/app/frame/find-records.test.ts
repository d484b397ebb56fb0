import { expect, test } from 'vitest'
import type { Household } from '../../../shared/domain/household/household.ts'
import { findRecords } from './find-records.ts'

const named = (name: string) => ({ id: name, name }) as Household
const names = (query: string, ...all: readonly string[]) => findRecords(query, all.map(named), []).households.map((h) => h.name)

test('finds without accents and case, in any order of words', () => {
  expect(names('őry anna', 'Anna Őry', 'Anna Nagy')).toEqual(['Anna Őry'])
})

test('names that begin with what was typed come first', () => {
  expect(names('nag', 'Family Nagy', 'Nagel', 'Nagy')).toEqual(['Nagel', 'Nagy', 'Family Nagy'])
})

test('one letter finds nothing yet', () => {
  expect(names('n', 'Nagy')).toEqual([])
})

import { expect, test } from 'vitest'
import { addInitiative } from '../../../shared/domain/initiative/commands/add-initiative.ts'
import { addInitiativeArgs, emptyDraft, findDraftProblems } from './initiative-draft.ts'

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const filled = { ...emptyDraft(id(2)), name: ' Golf  shootout ', fromOn: '2026-12-01', budgetMinor: 2_500_000 }

test('builds arguments that the command accepts; without an end it lasts one day', () => {
  const args = addInitiativeArgs(id(1), filled)
  expect(args).toMatchObject({ name: 'Golf shootout', fromOn: '2026-12-01', toOn: '2026-12-01', place: '', budgetMinor: 2_500_000 })
  expect(addInitiative.schema.safeParse(args).success).toBe(true)
})

test('names what is missing, in the order of the fields', () => {
  expect(findDraftProblems(emptyDraft(id(2))).map((p) => p.code)).toEqual(['nameMissing', 'fromMissing'])
  expect(findDraftProblems({ ...filled, toOn: '2026-11-30' })).toEqual([{ field: 'toOn', code: 'endsBefore' }])
  expect(addInitiativeArgs(id(1), { ...filled, toOn: '2026-11-30' })).toBeNull()
})

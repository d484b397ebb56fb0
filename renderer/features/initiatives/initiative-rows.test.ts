import { expect, test } from 'vitest'
import type { Initiative } from '../../../shared/domain/initiative/initiative.ts'
import { buildInitiativeRows, isShown, phaseOf } from './initiative-rows.ts'

const anInitiative = (id: string, fromOn: string, toOn: string) => ({ id, name: id, fromOn, toOn }) as Initiative
const TODAY = '2026-11-18'

test('the first and the last day belong to it', () => {
  const days = { fromOn: '2026-11-18', toOn: '2026-11-20' }
  expect(['2026-11-17', '2026-11-18', '2026-11-20', '2026-11-21'].map((on) => phaseOf(days, on))).toEqual(['upcoming', 'running', 'running', 'over'])
})

test('orders what runs, what comes next, and what is over, the latest first', () => {
  const rows = buildInitiativeRows(
    [
      anInitiative('long ago', '2025-01-01', '2025-01-02'),
      anInitiative('later', '2027-03-01', '2027-03-02'),
      anInitiative('last week', '2026-11-10', '2026-11-11'),
      anInitiative('now', '2026-11-01', '2026-11-30'),
      anInitiative('soon', '2026-12-01', '2026-12-02'),
    ],
    [],
    TODAY,
  )
  expect(rows.map((row) => row.id)).toEqual(['now', 'soon', 'later', 'last week', 'long ago'])
  expect(rows.filter((row) => isShown(row, 'current')).map((row) => row.id)).toEqual(['now', 'soon', 'later'])
  expect(rows.filter((row) => isShown(row, 'over'))).toHaveLength(2)
})

test('counts the entries filed under it, voided ones left out', () => {
  const filed = (initiativeId: string | null, state: 'active' | 'voided') => ({ initiativeId, state })
  const rows = buildInitiativeRows([anInitiative('a', TODAY, TODAY)], [filed('a', 'active'), filed('a', 'voided'), filed('b', 'active'), filed(null, 'active')], TODAY)
  expect(rows[0]?.entryCount).toBe(1)
})

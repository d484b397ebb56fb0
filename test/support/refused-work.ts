import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import type { Stage } from './stage.ts'

interface Refused {
  readonly name: string
  readonly args: unknown
  readonly error: AppError
}

const conflictOf = (field: string, before: unknown, mine: unknown, theirs: unknown): AppError =>
  appError('conflict/field', { field, before: JSON.stringify(before), mine: JSON.stringify(mine), theirs: JSON.stringify(theirs) })

/** One of each kind that looks otherwise: conflicts about a word, an amount and a list, and refusals of what is long, new, or about others' records. */
export function refusedWork({ household, advisor }: Stage): readonly OutboxItem[] {
  const { id } = household
  const mourning = [{ fromOn: '2026-11-01', toOn: null, kind: 'bereavement', reason: 'Her father died' }]
  const theirs = [...mourning, { fromOn: '2026-10-01', toOn: '2026-12-01', kind: 'dispute', reason: 'Fees' }]
  const edit = (field: string, from: unknown, to: unknown, other: unknown): Refused => ({
    name: 'household/edit',
    args: { id, edits: { [field]: { from, to } } },
    error: conflictOf(field, from, to, other),
  })
  const kinds: readonly Refused[] = [
    edit('city', 'Budapest', 'Szentendre', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'),
    edit('assetsMinor', 100_000_000, 200_000_000, 300_000_000),
    edit('quietPeriods', [], mourning, theirs),
    {
      name: 'follow-up/add',
      args: { id: newId(), householdId: id, title: 'Send the offer', dueOn: '2026-12-06', assigneeId: advisor.id },
      error: appError('access/coverage-ended'),
    },
    { name: 'verification/import', args: { id: newId(), name: 'statement.xml', sha256: 'ab'.repeat(32), sizeBytes: 12_345 }, error: appError('feed/balance-mismatch') },
    {
      name: 'household/add',
      args: { id: newId(), name: 'Donaudampfschifffahrt '.repeat(9), kind: 'family', relationship: 'prospect', tier: 'A', language: 'de', assetsMinor: 0, currency: 'EUR' },
      error: appError('command/malformed', { path: 'name' }),
    },
    {
      name: 'coverage/grant',
      args: { id: newId(), householdId: id, colleagueId: advisor.id, role: 'lead', fromOn: '2026-11-22', toOn: null },
      error: appError('coverage/lead-exists'),
    },
    { name: 'new/kind', args: { id: newId(), title: 'Of a later version' }, error: appError('command/unknown') },
  ]
  return kinds.map((kind, i) => ({ ...kind, id: newId(), n: 1_000 + i, version: 1, madeAtMs: Date.now() - 3_600_000 * i, status: 'refused' }))
}

import type { RowReader, RowTransaction } from '../../commands/define-command.ts'
import type { AppError } from '../../errors/error-codes.ts'
import { ok, type Result } from '../../lib/result.ts'
import { refuse } from '../common/refuse.ts'
import type { Person } from './person.ts'

type Memberships = Pick<Person, 'id' | 'memberships'>
const headOf = (person: Memberships, householdId: string): boolean => person.memberships.some((m) => m.householdId === householdId && m.role === 'head')

/** The people who head these households now; a command that makes someone head reads them too. */
export function currentHeads(rows: RowReader, memberships: Person['memberships']): readonly string[] {
  return memberships.flatMap((m) => rows.find('households', m.householdId)?.headPersonId ?? [])
}

/**
 * Keeps "exactly one head": whoever becomes head takes it over from the one before, who stays a member; a head cannot
 * simply stop being one. Errors: 'access/not-found' (unknown household), 'household/no-head'.
 */
export function settleHeads(tx: RowTransaction, person: Memberships): Result<void, AppError> {
  for (const { householdId } of person.memberships) {
    const household = tx.find('households', householdId)
    if (!household) return refuse('access/not-found')
    const isHead = headOf(person, householdId)
    if (household.headPersonId === person.id && !isHead) return refuse('household/no-head')
    if (!isHead || household.headPersonId === person.id) continue
    const previous = household.headPersonId === null ? undefined : tx.find('persons', household.headPersonId)
    if (previous) tx.put('persons', { ...previous, memberships: previous.memberships.map((m) => (m.householdId === householdId ? { ...m, role: 'other' as const } : m)) })
    tx.put('households', { ...household, headPersonId: person.id })
  }
  return ok(undefined)
}

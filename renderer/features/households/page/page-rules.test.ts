import { expect, test } from 'vitest'
import type { Account } from '../../../../shared/domain/account/account.ts'
import type { Coverage } from '../../../../shared/domain/coverage/coverage.ts'
import type { QuietPeriod } from '../../../../shared/domain/household/household.ts'
import { accountFields, findAccountProblems, newAccount } from '../accounts/account-draft.ts'
import { groupCoverages } from '../coverage/coverage-rows.ts'
import { findPersonProblem, newPerson, personFields } from '../people/person-draft.ts'
import { mayNameAsLead } from './add-household.tsx'
import { liftPeriod } from './quiet-periods.ts'

const TODAY = '2026-11-18'

test('an IBAN typed in groups is sent without spaces', () => {
  const draft = { ...newAccount({ currency: 'HUF', headPersonId: 'p1' }), name: 'Cash', iban: 'hu42 1177 3016 1111 1018 0000 0000' }
  expect(findAccountProblems(draft)).toEqual([])
  expect(accountFields(draft, null)).toMatchObject({ iban: 'HU42117730161111101800000000', owners: [{ personId: 'p1', shareBp: 10_000 }] })
})

test('a wrong check digit, no number at all and no owner are named at their fields', () => {
  const draft = newAccount({ currency: 'HUF', headPersonId: null })
  expect(findAccountProblems({ ...draft, name: 'Cash', iban: 'HU43117730161111101800000000' }).map((p) => p.code)).toEqual(['ibanWrong', 'needsPerson'])
  expect(findAccountProblems({ ...draft, name: 'Cash' }).map((p) => p.code)).toEqual(['nameWrong', 'needsPerson'])
})

test('owners who stay the same keep their shares', () => {
  const before: Pick<Account, 'owners'> = {
    owners: [
      { personId: 'p1', shareBp: 7_000 },
      { personId: 'p2', shareBp: 3_000 },
    ],
  }
  const draft = { ...newAccount({ currency: 'EUR', headPersonId: 'p1' }), name: 'Cash', ownerIds: ['p2', 'p1'] }
  expect(accountFields(draft, before).owners).toBe(before.owners)
  expect(accountFields({ ...draft, ownerIds: ['p1', 'p2', 'p3'] }, before).owners.map((o) => o.shareBp)).toEqual([3_334, 3_333, 3_333])
})

test('the first person of a household is its head; other memberships stay', () => {
  const draft = { ...newPerson({ headPersonId: null }), name: 'Anna', email: 'x' }
  expect(draft.role).toBe('head')
  expect(findPersonProblem(draft)).toBe('emailWrong')
  const elsewhere = { householdId: 'h2', role: 'child' } as const
  expect(personFields({ ...draft, email: '' }, [elsewhere], 'h1').memberships).toEqual([elsewhere, { householdId: 'h1', role: 'head' }])
})

test('current coverages come by role, past ones by their end; one taken back before it began is in neither', () => {
  const coverage = (id: string, role: Coverage['role'], fromOn: string, toOn: string | null) => ({ id, role, fromOn, toOn }) as Coverage
  const groups = groupCoverages(
    [
      coverage('specialist', 'specialist', '2026-01-01', null),
      coverage('lead', 'lead', '2026-01-01', TODAY),
      coverage('next', 'lead', '2026-11-19', null),
      coverage('past', 'banker', '2025-01-01', '2025-12-31'),
      coverage('never', 'banker', '2026-11-01', '2026-10-31'),
    ],
    TODAY,
  )
  expect(groups.current.map((c) => c.id)).toEqual(['lead', 'next', 'specialist'])
  expect(groups.past.map((c) => c.id)).toEqual(['past'])
})

test('lifting a quiet period ends it yesterday; one that has not begun goes altogether', () => {
  const begun: QuietPeriod = { fromOn: '2026-11-01', toOn: null, kind: 'dispute', reason: 'r' }
  const planned: QuietPeriod = { fromOn: '2026-12-01', toOn: null, kind: 'dispute', reason: 'r' }
  expect(liftPeriod([begun, planned], begun, TODAY)).toEqual([{ ...begun, toOn: '2026-11-17' }, planned])
  expect(liftPeriod([begun, planned], planned, TODAY)).toEqual([begun])
})

test('a first lead is oneself, a report, or anyone of the sales line for the service desk', () => {
  const advisor = { id: 'a', role: 'advisor', managerId: 's', isActive: true } as const
  expect(mayNameAsLead({ id: 'a', role: 'advisor' }, advisor)).toBe(true)
  expect(mayNameAsLead({ id: 's', role: 'supervisor' }, advisor)).toBe(true)
  expect(mayNameAsLead({ id: 'b', role: 'advisor' }, advisor)).toBe(false)
  expect(mayNameAsLead({ id: 'n', role: 'service' }, advisor)).toBe(true)
  expect(mayNameAsLead({ id: 'n', role: 'service' }, { ...advisor, isActive: false })).toBe(false)
})

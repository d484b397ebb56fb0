import { type Account, isIban, sumsToWhole } from '../../../../shared/domain/account/account.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import type { LocalDate } from '../../../../shared/lib/local-date.ts'
import { cleanLine } from '../../../commands/clean-text.ts'
import { groupIban } from '../../../ui/iban-text.ts'

/** An account as a form holds it. */
export interface AccountDraft {
  readonly name: string
  readonly kind: Account['kind']
  readonly iban: string // as typed, in groups or not
  readonly custodian: string
  readonly number: string
  readonly currency: string
  readonly ownerIds: readonly string[]
  readonly closedOn: LocalDate | null
}

const compactIban = (typed: string): string => typed.replace(/\s+/g, '').toUpperCase()

export const newAccount = (household: Pick<Household, 'currency' | 'headPersonId'>): AccountDraft => ({
  name: '',
  kind: 'cash',
  iban: '',
  custodian: '',
  number: '',
  currency: household.currency,
  ownerIds: household.headPersonId === null ? [] : [household.headPersonId],
  closedOn: null,
})

export function accountDraftOf(account: Account): AccountDraft {
  const { name, kind, iban, custodian, number, currency, owners, closedOn } = account
  return { name, kind, iban: groupIban(iban ?? ''), custodian: custodian ?? '', number: number ?? '', currency, ownerIds: owners.map((o) => o.personId), closedOn }
}

export interface AccountProblem {
  readonly field: 'name' | 'iban' | 'number' | 'currency' | 'owners'
  readonly code: 'nameMissing' | 'ibanWrong' | 'nameWrong' | 'currencyWrong' | 'needsPerson'
}

export function findAccountProblems(draft: AccountDraft): readonly AccountProblem[] {
  const iban = compactIban(draft.iban)
  const isNamed = iban !== '' || (draft.custodian.trim() !== '' && draft.number.trim() !== '')
  return [
    ...(draft.name.trim() === '' ? [{ field: 'name', code: 'nameMissing' } as const] : []),
    ...(iban !== '' && !isIban(iban) ? [{ field: 'iban', code: 'ibanWrong' } as const] : []),
    ...(isNamed ? [] : [{ field: 'number', code: 'nameWrong' } as const]),
    ...(/^[A-Z]{3}$/.test(draft.currency) ? [] : [{ field: 'currency', code: 'currencyWrong' } as const]),
    ...(draft.ownerIds.length === 0 ? [{ field: 'owners', code: 'needsPerson' } as const] : []),
  ]
}

/** Equal shares in basis points; what does not divide goes to the first. */
function evenOwners(ownerIds: readonly string[]): Account['owners'] {
  const each = Math.floor(10_000 / ownerIds.length)
  return ownerIds.map((personId, index) => ({ personId, shareBp: index === 0 ? 10_000 - each * (ownerIds.length - 1) : each }))
}

/** The account's fields as they are sent; owners who stay the same keep their shares. */
export function accountFields(draft: AccountDraft, before: Pick<Account, 'owners'> | null): Omit<Account, 'id' | 'rev' | 'householdId' | 'openedOn'> {
  const { kind, currency, closedOn, ownerIds } = draft
  const isSame = before !== null && before.owners.length === ownerIds.length && before.owners.every((o) => ownerIds.includes(o.personId)) && sumsToWhole(before.owners)
  return {
    name: cleanLine(draft.name),
    kind,
    currency,
    closedOn,
    iban: compactIban(draft.iban) || null,
    custodian: cleanLine(draft.custodian) || null,
    number: draft.number.trim() || null,
    owners: isSame ? before.owners : evenOwners(ownerIds),
  }
}

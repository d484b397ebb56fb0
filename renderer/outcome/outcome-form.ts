import type { CommandArgs } from '../../shared/commands/registry.ts'
import type { Account } from '../../shared/domain/account/account.ts'
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import { cleanNote } from '../commands/clean-text.ts'
import { type CreditShare, evenSplit, splitSumBp } from './credit-split.ts'

export type OutcomeKind = OutcomeClaim['kind']

/** Order on the screen. */
export const outcomeKinds: readonly OutcomeKind[] = ['deposit', 'pledge', 'mandate']

/** What a person has typed about one outcome. */
export interface OutcomeForm {
  readonly id: string
  readonly kind: OutcomeKind
  readonly amountMinor: number | null // null = nothing, or nothing understandable, typed yet
  readonly currency: string
  readonly accountId: string | null
  readonly expectedOn: string | null
  readonly note: string
  readonly split: readonly CreditShare[]
}

/** What stands in the way of claiming it; the text is `contact.problem.<code>`. */
export interface OutcomeProblem {
  readonly field: 'amount' | 'account' | 'expected' | 'split'
  readonly code: 'amountMissing' | 'accountMissing' | 'accountCurrency' | 'expectedMissing' | 'splitNotWhole'
}

type AccountChoice = Pick<Account, 'id' | 'currency'>

/** An empty outcome; the household's only open account is taken. */
export function emptyOutcome(id: string, creditedId: string, currency: string, accounts: readonly AccountChoice[]): OutcomeForm {
  const only = accounts.length === 1 ? accounts[0] : undefined
  return {
    id,
    kind: 'deposit',
    amountMinor: null,
    currency: only?.currency ?? currency,
    accountId: only?.id ?? null,
    expectedOn: null,
    note: '',
    split: evenSplit([creditedId]),
  }
}

/** The account on which the money arrives. An amount that was typed keeps its currency: no account makes euros of forints. */
export const chooseAccount = (outcome: Pick<OutcomeForm, 'amountMinor' | 'currency'>, account: AccountChoice | undefined): Pick<OutcomeForm, 'accountId' | 'currency'> => ({
  accountId: account?.id ?? null,
  currency: account && outcome.amountMinor === null ? account.currency : outcome.currency,
})

export const outcomeFormOf = (claim: Omit<CommandArgs<'outcome/claim'>, 'entryId'>): OutcomeForm => ({
  id: claim.id,
  kind: claim.kind,
  amountMinor: claim.claimedMinor,
  currency: claim.currency,
  accountId: claim.accountId,
  expectedOn: claim.expectedOn,
  note: claim.note,
  split: claim.creditSplit,
})

/** Everything that the person has to put right, in the order of the fields. */
export function findOutcomeProblems(outcome: OutcomeForm, accounts: readonly AccountChoice[]): readonly OutcomeProblem[] {
  const account = accounts.find((a) => a.id === outcome.accountId)
  const isMoney = outcome.kind !== 'mandate'
  const isOtherCurrency = isMoney && account !== undefined && account.currency !== outcome.currency
  const isWhole = splitSumBp(outcome.split) === 10_000 && outcome.split.every((s) => s.shareBp > 0)
  return [
    ...(outcome.amountMinor === null || outcome.amountMinor <= 0 ? [{ field: 'amount', code: 'amountMissing' } as const] : []),
    ...(isMoney && !account ? [{ field: 'account', code: 'accountMissing' } as const] : []),
    ...(isOtherCurrency ? [{ field: 'amount', code: 'accountCurrency' } as const] : []),
    ...(outcome.kind === 'pledge' && outcome.expectedOn === null ? [{ field: 'expected', code: 'expectedMissing' } as const] : []),
    ...(isWhole ? [] : [{ field: 'split', code: 'splitNotWhole' } as const]),
  ]
}

/** The outcome as the commands state it. Call it only where nothing stands in the way. */
export function claimStatementOf(outcome: OutcomeForm): Omit<CommandArgs<'outcome/claim'>, 'entryId'> {
  const { id, kind, currency, expectedOn, split, note } = outcome
  return {
    id,
    kind,
    currency,
    expectedOn,
    accountId: kind === 'mandate' ? null : outcome.accountId,
    claimedMinor: outcome.amountMinor ?? 0,
    creditSplit: split.map((s) => ({ ...s })),
    note: cleanNote(note),
  }
}

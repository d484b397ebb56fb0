import { expect, test } from 'vitest'
import { chooseAccount, emptyOutcome, findOutcomeProblems } from './outcome-form.ts'

const euros = { id: 'a1', currency: 'EUR' }

test('an account gives its currency to an outcome without an amount', () => {
  expect(chooseAccount(emptyOutcome('o1', 'me', 'HUF', []), euros)).toEqual({ accountId: 'a1', currency: 'EUR' })
})

test('no account makes euros of forints that were typed: the person is told that the account is kept in another currency', () => {
  const typed = { ...emptyOutcome('o1', 'me', 'HUF', []), amountMinor: 80_000_000_000 }
  const chosen = { ...typed, ...chooseAccount(typed, euros) }
  expect(chosen).toMatchObject({ accountId: 'a1', currency: 'HUF', amountMinor: 80_000_000_000 })
  expect(findOutcomeProblems(chosen, [euros])).toEqual([{ field: 'amount', code: 'accountCurrency' }])
})

import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../shared/domain/account/account.ts'
import { AmountInput } from '../ui/amount-input.tsx'
import { DayInput } from '../ui/day-input.tsx'
import { CreditSplitFields } from './credit-split-fields.tsx'
import { chooseAccount, type OutcomeForm, type OutcomeProblem } from './outcome-form.ts'
import classes from './outcome-inputs.module.css'

interface OutcomeInputsProps {
  readonly outcome: OutcomeForm
  readonly onChange: (part: Partial<OutcomeForm>) => void
  readonly accounts: readonly Account[] | null // the household's open ones; null = no household is chosen yet
  readonly creditableIds: readonly string[]
  readonly nameOf: (colleagueId: string) => string
  /** The text at a field, once the person has tried to save. */
  readonly problemAt: (field: OutcomeProblem['field']) => string | undefined
}

/** Name and the end of the number, by which people know their accounts. */
const accountLabel = (account: Pick<Account, 'name' | 'iban' | 'number' | 'currency'>): string =>
  `${account.name} · …${(account.iban ?? account.number ?? '').slice(-4)} · ${account.currency}`

/** Amount, account, day, note and credit of one outcome; what kind it is stands above them. */
export function OutcomeInputs({ outcome, onChange, accounts, creditableIds, nameOf, problemAt }: OutcomeInputsProps) {
  const { t } = useTranslation('contact')
  const isMoney = outcome.kind !== 'mandate'
  return (
    <>
      <div className={classes.pair}>
        <AmountInput
          size="xs"
          label={t('outcome.amount')}
          valueMinor={outcome.amountMinor}
          currency={outcome.currency}
          onChange={(amountMinor) => onChange({ amountMinor })}
          onCurrencyChange={(currency) => onChange({ currency })}
          error={problemAt('amount')}
          testId="log-outcome-amount"
        />
        {isMoney && accounts !== null && accounts.length > 0 && (
          <NativeSelect
            size="xs"
            label={t('outcome.account')}
            data={[{ value: '', label: t('outcome.accountPlaceholder') }, ...accounts.map((a) => ({ value: a.id, label: accountLabel(a) }))]}
            value={outcome.accountId ?? ''}
            error={problemAt('account')}
            data-testid="log-outcome-account"
            onChange={(event) => {
              const account = accounts.find((a) => a.id === event.currentTarget.value)
              onChange(chooseAccount(outcome, account))
            }}
          />
        )}
        {isMoney && accounts?.length === 0 && <p className={classes.missing}>{t('outcome.noAccounts')}</p>}
        <DayInput
          lean="ahead"
          size="xs"
          label={t('outcome.expected')}
          value={outcome.expectedOn}
          onChange={(expectedOn) => onChange({ expectedOn })}
          error={problemAt('expected')}
          testId="log-outcome-expected"
        />
        <TextInput
          size="xs"
          label={t('outcome.note')}
          value={outcome.note}
          maxLength={2_000}
          data-testid="log-outcome-note"
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </div>
      <CreditSplitFields split={outcome.split} onChange={(split) => onChange({ split })} candidates={creditableIds} nameOf={nameOf} error={problemAt('split')} />
    </>
  )
}

import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { AmountInput } from '../../ui/amount-input.tsx'
import { ChoiceBar } from '../../ui/choice-bar.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { addOutcome, changeOutcome, type OutcomeForm, outcomeKinds } from './contact-form.ts'
import { ContactSection } from './contact-section.tsx'
import { CreditSplitFields } from './credit-split-fields.tsx'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'
import { creditedFirst } from './use-household-facts.ts'

/** What came of the contact: any number of deposits, pledges and mandates. */
export function OutcomeFields(props: FormPartProps) {
  const { form, change, facts, selfId } = props
  const { t } = useTranslation('contact')
  return (
    <ContactSection title={t('section.outcomes')} hasHeading>
      {form.outcomes.map((outcome, index) => (
        <OutcomeCard key={outcome.id} {...props} outcome={outcome} number={index + 1} />
      ))}
      {form.outcomes.length > 0 && <p className={classes.quiet}>{t('outcome.explain')}</p>}
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        disabled={facts === null}
        data-testid="log-add-outcome"
        onClick={() => change((f) => addOutcome(f, newId(), creditedFirst(facts, selfId), facts?.household.currency ?? 'EUR', facts?.accounts ?? []))}
      >
        {t('outcome.add')}
      </Button>
    </ContactSection>
  )
}

/** Name and the end of the number, by which people know their accounts. */
const accountLabel = (account: { readonly name: string; readonly iban: string | null; readonly number: string | null; readonly currency: string }): string =>
  `${account.name} · …${(account.iban ?? account.number ?? '').slice(-4)} · ${account.currency}`

function OutcomeCard({ outcome, number, change, facts, colleagues, problemAt }: FormPartProps & { readonly outcome: OutcomeForm; readonly number: number }) {
  const { t } = useTranslation('contact')
  const set = (part: Partial<OutcomeForm>) => change((f) => changeOutcome(f, outcome.id, part))
  const problem = (field: string) => problemAt(`outcomes.${outcome.id}.${field}`)
  const accounts = facts?.accounts ?? []
  const isMoney = outcome.kind !== 'mandate'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame
    <div className={classes.outcome} role="group" aria-label={t('outcome.number', { number })} data-testid="log-outcome">
      <div className={classes.line}>
        <ChoiceBar
          label={t('outcome.kindLabel')}
          isLabelHidden
          choices={outcomeKinds.map((value) => ({ value, label: t(`outcome.kind.${value}`), testId: `log-outcome-kind-${value}` }))}
          value={outcome.kind}
          onChange={(kind) => set({ kind })}
        />
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('outcome.remove')}
          onClick={() => change((f) => ({ ...f, outcomes: f.outcomes.filter((o) => o.id !== outcome.id) }))}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <AmountInput
        size="xs"
        label={t('outcome.amount')}
        valueMinor={outcome.amountMinor}
        currency={outcome.currency}
        onChange={(amountMinor) => set({ amountMinor })}
        onCurrencyChange={(currency) => set({ currency })}
        error={problem('amount')}
        testId="log-outcome-amount"
      />
      {isMoney && accounts.length > 0 && (
        <NativeSelect
          size="xs"
          label={t('outcome.account')}
          data={[{ value: '', label: t('outcome.accountPlaceholder') }, ...accounts.map((a) => ({ value: a.id, label: accountLabel(a) }))]}
          value={outcome.accountId ?? ''}
          error={problem('account')}
          data-testid="log-outcome-account"
          onChange={(event) => {
            const account = accounts.find((a) => a.id === event.currentTarget.value)
            set({ accountId: account?.id ?? null, ...(account ? { currency: account.currency } : {}) })
          }}
        />
      )}
      {isMoney && accounts.length === 0 && <p className={classes.problem}>{t('outcome.noAccounts')}</p>}
      <DayInput
        size="xs"
        label={t('outcome.expected')}
        value={outcome.expectedOn}
        onChange={(expectedOn) => set({ expectedOn })}
        error={problem('expected')}
        testId="log-outcome-expected"
      />
      <TextInput
        size="xs"
        label={t('outcome.note')}
        value={outcome.note}
        maxLength={2_000}
        data-testid="log-outcome-note"
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <CreditSplitFields
        split={outcome.split}
        onChange={(split) => set({ split })}
        candidates={facts?.coveringIds ?? []}
        nameOf={(id) => colleagues.byId.get(id)?.name ?? id}
        error={problem('split')}
      />
    </div>
  )
}

import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { type Account, accountSchema } from '../../../../shared/domain/account/account.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { editsBetween, inverseEdits } from '../../../commands/edits-between.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { ToggleChips } from '../../../ui/toggle-chips.tsx'
import classes from '../page/household-page.module.css'
import { type AccountDraft, type AccountProblem, accountDraftOf, accountFields, findAccountProblems, newAccount } from './account-draft.ts'

interface AccountFormProps {
  readonly household: Household
  readonly account: Account | null // null = a new one
  readonly onClose: () => void
}

/** Adds or changes an account in its place; closing it is a change of its closing day. */
export function AccountForm({ household, account, onClose }: AccountFormProps) {
  const { t } = useTranslation('households')
  const [seen] = useState(account)
  const [draft, setDraft] = useState(() => (account ? accountDraftOf(account) : newAccount(household)))
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const problems = findAccountProblems(draft)
  const onSave = () => {
    setHasTried(true)
    if (problems.length > 0) return
    const fields = accountFields(draft, seen)
    if (!seen) return void submit({ name: 'account/add', args: { id: newId(), householdId: household.id, openedOn: null, ...fields } }, { toast: t('accounts.saved') })
    const edits = editsBetween<typeof fields>(seen, fields)
    if (edits === null) return onClose()
    const { id } = seen
    const undo = { label: t('accounts.undo'), calls: () => [{ name: 'account/edit', args: { id, edits: inverseEdits(edits) } }] as const }
    void submit({ name: 'account/edit', args: { id, edits } }, { toast: t('accounts.saved'), undo })
  }
  return (
    <InlineForm
      label={account ? t('accounts.edit', { name: account.name }) : t('accounts.add')}
      error={error}
      isSaving={isSaving}
      testId="account-form"
      onSave={onSave}
      onCancel={onClose}
    >
      <AccountFields household={household} draft={draft} change={(part) => setDraft((d) => ({ ...d, ...part }))} problems={hasTried ? problems : []} isNew={account === null} />
    </InlineForm>
  )
}

interface AccountFieldsProps {
  readonly household: Household
  readonly draft: AccountDraft
  readonly change: (part: Partial<AccountDraft>) => void
  readonly problems: readonly AccountProblem[]
  readonly isNew: boolean
}

function AccountFields({ household, draft, change, problems, isNew }: AccountFieldsProps) {
  const { t } = useTranslation('households')
  const persons = useReplica((view) => view.listByHousehold('persons', household.id), [household.id])
  const problemAt = (field: AccountProblem['field']) => {
    const found = problems.find((p) => p.field === field)
    return found && t(`accounts.${found.code}`)
  }
  const toggled = (id: string) => (draft.ownerIds.includes(id) ? draft.ownerIds.filter((o) => o !== id) : [...draft.ownerIds, id])
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          label={t('accounts.name')}
          value={draft.name}
          maxLength={200}
          error={problemAt('name')}
          data-testid="account-name"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('accounts.kind')}
          value={draft.kind}
          data={accountSchema.shape.kind.options.map((value) => ({ value, label: t(`accounts.kinds.${value}`) }))}
          onChange={(event) => change({ kind: event.currentTarget.value as AccountDraft['kind'] })}
        />
        <TextInput
          className={classes.wide ?? ''}
          label={t('accounts.iban')}
          value={draft.iban}
          maxLength={50}
          error={problemAt('iban')}
          data-testid="account-iban"
          onChange={(event) => change({ iban: event.currentTarget.value })}
        />
        <TextInput label={t('accounts.custodian')} value={draft.custodian} maxLength={120} onChange={(event) => change({ custodian: event.currentTarget.value })} />
        <TextInput
          label={t('accounts.number')}
          value={draft.number}
          maxLength={60}
          error={problemAt('number')}
          onChange={(event) => change({ number: event.currentTarget.value })}
        />
        <TextInput
          label={t('accounts.currency')}
          value={draft.currency}
          maxLength={3}
          error={problemAt('currency')}
          onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
        />
        {!isNew && <DayInput label={t('accounts.closedOn')} value={draft.closedOn} onChange={(closedOn) => change({ closedOn })} />}
      </div>
      <p className={classes.label}>{t('accounts.owners')}</p>
      <ToggleChips
        label={t('accounts.owners')}
        chips={persons.map((p) => ({ value: p.id, label: p.name }))}
        values={draft.ownerIds}
        onToggle={(id) => change({ ownerIds: toggled(id) })}
      />
      {problemAt('owners') && <p className={classes.problem}>{problemAt('owners')}</p>}
    </>
  )
}

import { ActionIcon, Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Account } from '../../../../shared/domain/account/account.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { groupIban } from '../../../ui/iban-text.ts'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import classes from '../page/household-page.module.css'
import { AccountForm } from './account-form.tsx'

/** The household's accounts, open ones first. */
export function AccountsSection({ household, self }: { readonly household: Household; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const [isAdding, setIsAdding] = useState(false)
  const accounts = useReplica(
    (view) => view.listByHousehold('accounts', household.id).toSorted((a, b) => Number(a.closedOn !== null) - Number(b.closedOn !== null) || a.name.localeCompare(b.name)),
    [household.id],
  )
  const hasPersons = useReplica((view) => view.listByHousehold('persons', household.id).length > 0, [household.id])
  const mayEdit = canRoleUse(self.role, 'account/edit')
  return (
    <Section
      title={t('accounts.title')}
      {...(accounts.length > 0 ? { count: accounts.length } : {})}
      actions={
        mayEdit &&
        hasPersons &&
        !isAdding && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} data-testid="account-add" onClick={() => setIsAdding(true)}>
            {t('accounts.add')}
          </Button>
        )
      }
    >
      {isAdding && <AccountForm household={household} account={null} onClose={() => setIsAdding(false)} />}
      {accounts.length === 0 && !isAdding && <EmptyState isCompact title={t(hasPersons ? 'accounts.empty' : 'accounts.needsPerson')} />}
      <ul className={classes.list}>
        {accounts.map((account) => (
          <AccountItem key={account.id} household={household} account={account} mayEdit={mayEdit} />
        ))}
      </ul>
    </Section>
  )
}

function AccountItem({ household, account, mayEdit }: { readonly household: Household; readonly account: Account; readonly mayEdit: boolean }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const [isEditing, setIsEditing] = useState(false)
  const unsettled = useReplica((view) => view.unsettledOf('accounts', account.id), [account.id])
  const owners = useReplica((view) => account.owners.map((o) => view.find('persons', o.personId)?.name ?? ''), [account])
  if (isEditing) {
    return (
      <li>
        <AccountForm household={household} account={account} onClose={() => setIsEditing(false)} />
      </li>
    )
  }
  const { iban, custodian, number } = account
  const shownNumber = iban === null ? [custodian, number].filter(Boolean).join(' ') : groupIban(iban)
  return (
    <li className={classes.item} data-testid="account-row">
      <div className={classes.grow}>
        <p>
          <span className={classes.strong}>{account.name}</span>{' '}
          <span className={classes.meta}>
            {t(`accounts.kinds.${account.kind}`)} · {account.currency}
            {account.closedOn !== null && ` · ${t('accounts.closed', { day: format.day(account.closedOn) })}`}
          </span>
        </p>
        <p className={classes.tabular}>
          {shownNumber} <CopyNumber text={iban ?? number ?? ''} label={shownNumber} />
        </p>
        <p className={classes.meta}>{owners.join(', ')}</p>
      </div>
      <span className={classes.end}>
        <SaveState state={unsettled} />
        {mayEdit && (
          <ActionIcon aria-label={t('accounts.edit', { name: account.name })} onClick={() => setIsEditing(true)}>
            <IconPencil size={15} />
          </ActionIcon>
        )}
      </span>
    </li>
  )
}

/** Copies the number as banks take it, without spaces. */
function CopyNumber({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation('households')
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <ActionIcon size={20} aria-label={copied ? t('accounts.copied') : t('accounts.copy', { text: label })} onClick={copy}>
          {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        </ActionIcon>
      )}
    </CopyButton>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseProposal } from '../../../../shared/domain/verification/verification-case.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { groupIban } from '../../../ui/iban-text.ts'
import { Money } from '../../../ui/money.tsx'
import classes from './evidence-table.module.css'

type Finding = CaseProposal['agreed'][number]

interface FindingTableProps {
  readonly findings: readonly Finding[]
  readonly currency: string
  readonly caption: string
  readonly testId: string
}

/** Claimed and found side by side. */
export function FindingTable({ findings, currency, caption, testId }: FindingTableProps) {
  const { t } = useTranslation('verification')
  return (
    <table className={classes.findings} data-testid={testId}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('proposal.what')}</th>
          <th scope="col">{t('proposal.claimed')}</th>
          <th scope="col">{t('proposal.found')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <tr key={finding.what} data-what={finding.what}>
            <th scope="row">{t(`proposal.finding.${finding.what}`)}</th>
            <td>
              <FindingValue what={finding.what} value={finding.claimed} currency={currency} />
            </td>
            <td>
              <FindingValue what={finding.what} value={finding.found} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function FindingValue({ what, value, currency }: { readonly what: Finding['what']; readonly value: Finding['found']; readonly currency: string }): ReactNode {
  if (value === null || value === '') return '–'
  if (what === 'amount' && typeof value === 'number') return <Money minor={value} currency={currency} />
  if (what === 'date') return <DayText on={String(value)} />
  return what === 'account' ? <AccountName numberOrId={String(value)} /> : String(value)
}

/** An IBAN in groups, or the name of our account with that id. */
function AccountName({ numberOrId }: { readonly numberOrId: string }) {
  const account = useReplica((view) => view.find('accounts', numberOrId), [numberOrId])
  if (account) return account.iban === null ? account.name : groupIban(account.iban)
  return /^[A-Z]{2}\d{2}/.test(numberOrId) ? groupIban(numberOrId) : numberOrId
}

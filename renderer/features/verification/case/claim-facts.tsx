import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DayText } from '../../../ui/day-text.tsx'
import { groupIban } from '../../../ui/iban-text.ts'
import { Money } from '../../../ui/money.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import shared from './case.module.css'
import classes from './claim-facts.module.css'
import type { CaseRows } from './use-case.ts'

/** The maker's statement, and how much of it is pledged, funded, confirmed and still here. */
export function ClaimFacts({ rows }: { readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  const { claim, nameOf } = rows
  return (
    <Section title={t('case.claimTitle')}>
      <dl className={classes.facts}>
        <Fact name={t('case.account')} isWide>
          <AccountText rows={rows} />
        </Fact>
        <Fact name={t('case.maker')}>{nameOf(claim.makerId)}</Fact>
        <Fact name={t('case.contactOn')}>
          <DayText on={claim.contactOn} />
        </Fact>
        {claim.kind !== 'mandate' && <Fact name={t('case.expectedOn')}>{claim.expectedOn === null ? t('case.atOnce') : <DayText on={claim.expectedOn} />}</Fact>}
        <Fact name={t('case.split')}>
          <SplitText rows={rows} />
        </Fact>
        {claim.note !== '' && <Fact name={t('case.note')}>{claim.note}</Fact>}
        {claim.question !== null && <Fact name={t('case.question')}>{claim.question}</Fact>}
      </dl>
      <Amounts rows={rows} />
    </Section>
  )
}

function Fact({ name, isWide = false, children }: { readonly name: string; readonly isWide?: boolean; readonly children: ReactNode }) {
  return (
    <div className={classes.fact} data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function AccountText({ rows: { claim, account } }: { readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  if (claim.accountId === null) return t('case.noAccount')
  if (!account) return '–'
  const number = account.iban === null ? [account.custodian, account.number].filter(Boolean).join(' · ') : groupIban(account.iban)
  return (
    <>
      {account.name} <span className={shared.number}>{number}</span>
    </>
  )
}

function SplitText({ rows: { claim, nameOf } }: { readonly rows: CaseRows }) {
  const format = useFormat()
  return claim.creditSplit.map((share) => `${nameOf(share.colleagueId)} ${format.share(share.shareBp)}`).join(', ')
}

function Amounts({ rows: { claim } }: { readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  const amounts = [
    ['claimed', claim.claimedMinor],
    ['pledged', claim.kind === 'pledge' ? claim.claimedMinor : null],
    ['funded', claim.fundedMinor || null],
    ['confirmed', claim.confirmedMinor || null],
    ['retained', null],
  ] as const
  return (
    <dl className={classes.amounts} aria-label={t('case.amountsTitle')}>
      {amounts.map(([name, minor]) => (
        <div key={name} title={name === 'retained' ? t('case.retainedHint') : undefined}>
          <dt>{t(`case.amount.${name}`)}</dt>
          <dd>{minor === null ? '–' : <Money minor={minor} currency={claim.currency} />}</dd>
        </div>
      ))}
    </dl>
  )
}

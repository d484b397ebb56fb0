import { Anchor, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Money } from '../../../ui/money.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { type BankLine, evidenceWindow, isInWindow } from './bank-lines.ts'
import shared from './case.module.css'
import classes from './evidence-table.module.css'

const MOST_ROWS = 300 // one household's lines; beyond it the window narrows what is shown

interface BankLineTableProps {
  readonly claim: OutcomeClaim
  readonly lines: readonly BankLine[]
  readonly chosenIds: ReadonlySet<string>
  readonly onChoose: ((ids: ReadonlySet<string>) => void) | null
}

/** Every line on the household's accounts, for a choice by hand; what cannot be evidence says why. */
export function BankLineTable({ claim, lines, chosenIds, onChoose }: BankLineTableProps) {
  const { t } = useTranslation('verification')
  const [isAllShown, setIsAllShown] = useState(false)
  const near = lines.filter((line) => isInWindow(line, claim) || chosenIds.has(line.activity.id))
  const shown = (isAllShown ? lines : near).slice(0, MOST_ROWS)
  const outside = lines.length - near.length
  const toggle = (id: string) => {
    const next = new Set(chosenIds)
    if (!next.delete(id)) next.add(id)
    onChoose?.(next)
  }
  return (
    <Section title={t('lines.title')} count={lines.length}>
      <p className={shared.quiet}>{lines.length === 0 ? t('lines.none') : t('lines.hint')}</p>
      {shown.length > 0 && (
        <div className={classes.scrollX}>
          <table className={classes.lines}>
            <LineHead />
            <tbody>
              {shown.map((line) => (
                <LineRow key={line.activity.id} line={line} isChosen={chosenIds.has(line.activity.id)} onToggle={onChoose && (() => toggle(line.activity.id))} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {lines.length > 0 && near.length === 0 && !isAllShown && <NoneInWindow claim={claim} outside={outside} />}
      {outside > 0 && (
        <Anchor component="button" type="button" size="sm" onClick={() => setIsAllShown(!isAllShown)}>
          {isAllShown ? t('lines.hideOutside') : t('lines.showOutside', { count: outside })}
        </Anchor>
      )}
    </Section>
  )
}

function NoneInWindow({ claim, outside }: { readonly claim: OutcomeClaim; readonly outside: number }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const { fromOn, toOn } = evidenceWindow(claim)
  return <EmptyState isCompact title={t('lines.noneInWindow', { from: format.day(fromOn), to: format.day(toOn), count: outside })} />
}

function LineHead() {
  const { t } = useTranslation('verification')
  return (
    <thead>
      <tr>
        <td />
        <th scope="col">{t('lines.booked')}</th>
        <th scope="col">{t('lines.payer')}</th>
        <th scope="col">{t('lines.reference')}</th>
        <th scope="col" className={classes.right}>
          {t('lines.amount')}
        </th>
        <th scope="col" className={classes.right}>
          {t('lines.available')}
        </th>
      </tr>
    </thead>
  )
}

function LineRow({ line, isChosen, onToggle }: { readonly line: BankLine; readonly isChosen: boolean; readonly onToggle: (() => void) | null }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const { activity, obstacle, availableMinor } = line
  const day = activity.bookedOn ?? activity.valueOn
  const label = t('lines.use', { day: day === null ? '–' : format.day(day), amount: format.money(activity.amountMinor, activity.currency) })
  const sign = activity.direction === 'debit' ? -1 : 1
  return (
    <tr data-testid="case-line" data-activity-id={activity.id} data-usable={obstacle === null} data-chosen={isChosen || undefined}>
      <td>
        <Checkbox size="xs" aria-label={label} checked={isChosen} disabled={obstacle !== null || onToggle === null} onChange={() => onToggle?.()} />
      </td>
      <td className={classes.nowrap}>{day === null ? '–' : <DayText on={day} />}</td>
      <td>{activity.counterpartyName ?? '–'}</td>
      <td>{activity.endToEndId !== null ? `${activity.endToEndId} ${activity.remittance}` : activity.remittance || '–'}</td>
      <td className={classes.right}>
        <Money minor={sign * activity.amountMinor} currency={activity.currency} />
      </td>
      <td className={classes.right}>
        {obstacle === null ? (
          <Money minor={availableMinor} currency={activity.currency} />
        ) : (
          <span className={classes.obstacle} title={t('lines.whyNot')}>
            {t(`lines.obstacle.${obstacle}`)}
          </span>
        )}
      </td>
    </tr>
  )
}

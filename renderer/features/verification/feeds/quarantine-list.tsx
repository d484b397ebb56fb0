import { useTranslation } from 'react-i18next'
import type { FeedFile } from '../../../../shared/domain/feed/feed-file.ts'
import { groupIban } from '../../../ui/iban-text.ts'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { splitQuarantined, toFeedError } from './feed-results.ts'
import classes from './feeds.module.css'
import { findDetail } from './quarantine-detail.ts'

type Quarantined = FeedFile['quarantined'][number]

/** Statements that were set aside whole, each with everything that speaks against it; those known already are only counted. */
export function QuarantineList({ file }: { readonly file: FeedFile }) {
  const { t } = useTranslation('verification')
  const { seenCount, setAside } = splitQuarantined(file)
  const first = setAside[0]
  const isWholeFile = first?.statementId === null && setAside.length === 1
  return (
    <>
      {seenCount > 0 && file.state !== 'seenBefore' && (
        <p className={classes.quiet} data-testid="feed-seen">
          {t('feeds.seenStatements', { count: seenCount })}
        </p>
      )}
      {first && (
        <div className={classes.quarantine} data-testid="feed-quarantine">
          <p className={classes.quarantineTitle}>{isWholeFile ? t('feeds.wholeFile') : t('feeds.quarantineTitle', { count: setAside.length })}</p>
          {isWholeFile ? <Reasons statement={first} /> : <StatementList statements={setAside} />}
        </div>
      )}
    </>
  )
}

function StatementList({ statements }: { readonly statements: FeedFile['quarantined'] }) {
  const { t } = useTranslation('verification')
  return (
    <ul>
      {statements.map((statement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: frozen list; two statements of a file may share their number
        <li key={index}>
          <strong>{t('feeds.statement', { id: statement.statementId ?? '–' })}</strong>
          {statement.iban !== null && ` · ${t('feeds.account', { iban: groupIban(statement.iban) })}`}
          {statement.lineCount > 0 && ` · ${t('feeds.lines', { count: statement.lineCount })}`}
          <Reasons statement={statement} />
        </li>
      ))}
    </ul>
  )
}

const Reasons = ({ statement }: { readonly statement: Quarantined }) => (
  <ul>
    {statement.reasons.map((reason) => (
      <ReasonItem key={`${reason.code} ${JSON.stringify(reason.params)}`} reason={reason} />
    ))}
  </ul>
)

function ReasonItem({ reason }: { readonly reason: Quarantined['reasons'][number] }) {
  const errorText = useErrorText()
  return (
    <li data-code={reason.code}>
      {errorText(toFeedError(reason))} <DetailText reason={reason} /> <span className={classes.code}>{reason.code}</span>
    </li>
  )
}

/** The figures behind the reason. */
function DetailText({ reason }: { readonly reason: Quarantined['reasons'][number] }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const detail = findDetail(reason)
  if (detail === null) return null
  const money = (minor: number) => format.money(minor, 'currency' in detail ? detail.currency : '')
  switch (detail.key) {
    case 'balance': {
      const { opening, lines, sum, closing } = detail.amounts
      return t('feeds.detail.balance', { opening: money(opening), lines: money(lines), sum: money(sum), closing: money(closing) })
    }
    case 'opening':
      return t('feeds.detail.opening', { opening: money(detail.amounts.opening), expected: money(detail.amounts.expected) })
    case 'line':
      return t('feeds.detail.line', detail.values)
    default:
      return t(`feeds.detail.${detail.key}`, detail.values)
  }
}

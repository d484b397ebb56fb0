import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../../../shared/domain/verification/decide-claim.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { Money } from '../../../ui/money.tsx'
import classes from './evidence-table.module.css'
import { Fingerprint } from './fingerprint.tsx'

/** The bank lines that a decision rests on, as they stood then. */
export function EvidenceTable({ evidence }: { readonly evidence: Verdict['evidence'] }) {
  const { t } = useTranslation('verification')
  return (
    <div className={classes.scrollX}>
      <table className={classes.lines} data-testid="case-evidence">
        <caption>{t('decided.evidence')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('decided.file')}</th>
            <th scope="col">{t('decided.fingerprint')}</th>
            <th scope="col" className={classes.right}>
              {t('decided.line')}
            </th>
            <th scope="col">{t('decided.booked')}</th>
            <th scope="col">{t('decided.payer')}</th>
            <th scope="col" className={classes.right}>
              {t('decided.used')}
            </th>
          </tr>
        </thead>
        <tbody>
          {evidence.map((line) => (
            <tr key={line.activityId} data-activity-id={line.activityId}>
              <td>{line.fileName}</td>
              <td className={classes.nowrap}>
                <Fingerprint sha256={line.fileSha256} name={line.fileName} />
              </td>
              <td className={classes.right}>{line.lineNo}</td>
              <td className={classes.nowrap}>
                <DayText on={line.bookedOn} />
              </td>
              <td>{line.counterpartyName ?? '–'}</td>
              <td className={classes.right}>
                <Money minor={line.amountMinor} currency={line.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

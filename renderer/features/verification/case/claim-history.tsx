import { useTranslation } from 'react-i18next'
import { InstantText } from '../../../ui/instant-text.tsx'
import { Money } from '../../../ui/money.tsx'
import { Section } from '../../../ui/section.tsx'
import classes from './case.module.css'
import type { CaseRows } from './use-case.ts'

/** What happened to the claim, newest first. */
export function ClaimHistory({ rows: { claim, nameOf } }: { readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  const events = claim.history.map((event, index) => ({ event, key: `${index}` })).reverse()
  return (
    <Section title={t('case.historyTitle')}>
      <ol className={classes.history}>
        {events.map(({ event, key }) => (
          <li key={key}>
            <span className={classes.when}>
              <InstantText atMs={event.atMs} />
            </span>
            <span>
              {t(`case.event.${event.what}`)}
              {event.amountMinor > 0 && (
                <>
                  {' · '}
                  <Money minor={event.amountMinor} currency={claim.currency} />
                </>
              )}
              <span className={classes.quiet}> · {event.byId === null ? t('case.byMatching') : nameOf(event.byId)}</span>
              {event.text !== null && <p className={classes.eventText}>{event.text}</p>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

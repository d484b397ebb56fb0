import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { ageBands } from '../../outcome/claim-age.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { Section } from '../../ui/section.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { FactList } from './fact-list.tsx'
import { countQueue } from './queue-facts.ts'
import classes from './today.module.css'

const MOST_FILES = 5

function LatestFiles() {
  const { t } = useTranslation('today')
  const { t: tVerification } = useTranslation('verification')
  const files = useReplica((view) => view.list('feedFiles').toSorted((a, b) => b.importedAtMs - a.importedAtMs), []).slice(0, MOST_FILES)
  return (
    <Section title={t('files.title')}>
      {files.length === 0 ? (
        <EmptyState isCompact title={t('files.empty')} />
      ) : (
        <ul className={classes.list}>
          {files.map((file) => (
            <li key={file.id} className={classes.unsent}>
              <span className={classes.lines}>
                <span className={classes.name}>{file.name}</span>
                <span className={classes.meta}>
                  {tVerification(`feeds.state.${file.state}`)} · {t('files.proposals', { count: file.proposalCount })}
                </span>
              </span>
              <span className={classes.due}>
                <InstantText atMs={file.importedAtMs} isRelative />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** A controller's day: what waits for a decision, by age, and what came in from the banks. */
export function ControllerToday({ selfId }: { readonly selfId: string }) {
  const { t } = useTranslation('today')
  const { t: tVerification } = useTranslation('verification')
  const { nowMs } = useClock()
  const facts = useReplica((view) => countQueue(view, selfId, nowMs), [selfId, nowMs])
  const open = Object.values(facts.byAge).reduce((a, b) => a + b, 0)
  const ages = ageBands.map((band) => ({ label: tVerification(`queue.ages.${band}`), count: facts.byAge[band], path: 'verification' }))
  const marks = (['proposals', 'second', 'returned'] as const).map((mark) => ({ label: t(`queue.${mark}`), count: facts[mark], path: 'verification' }))
  return (
    <div className={classes.column}>
      <Section title={t('queue.title')} count={open} actions={<Button onClick={() => navigate('verification')}>{t('queue.open')}</Button>} testId="today-queue">
        {open + facts.returned === 0 ? (
          <EmptyState icon={<IconCircleCheck size={32} stroke={1.5} />} title={t('queue.emptyTitle')} hint={t('queue.emptyHint')} />
        ) : (
          <div className={classes.pair}>
            <FactList facts={ages} onOpen={navigate} />
            <FactList facts={marks} onOpen={navigate} />
          </div>
        )}
      </Section>
      <LatestFiles />
    </div>
  )
}

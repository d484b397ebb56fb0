import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../app/navigation.ts'
import type { ReplicaView } from '../../db/replica-view.ts'
import { useEntriesState, useReplica } from '../../db/use-replica.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { Section } from '../../ui/section.tsx'
import { type Clock, useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { FactList } from './fact-list.tsx'
import { countForAdmin, countForCompliance, countForMarketing, countForService } from './role-facts.ts'
import classes from './today.module.css'

type CountsOf<F extends (...args: never[]) => object> = keyof ReturnType<F>
type FactName = CountsOf<typeof countForAdmin> | CountsOf<typeof countForCompliance> | CountsOf<typeof countForMarketing> | CountsOf<typeof countForService>

function countFor(role: Role, view: ReplicaView, clock: Clock): Partial<Record<FactName, number>> {
  if (role === 'compliance') return countForCompliance(view, clock.nowMs)
  if (role === 'service') return countForService(view, clock.todayOn)
  if (role === 'marketing') return countForMarketing(view, clock.todayOn)
  return countForAdmin(view)
}

const PATHS: Partial<Record<FactName, string>> = {
  openClaims: 'verification',
  decisions30: 'verification',
  households: 'households',
  withoutLead: 'households',
  withoutHead: 'households',
  running: 'initiatives',
  upcoming: 'initiatives',
}

function Initiatives() {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { todayOn } = useClock()
  const initiatives = useReplica((view) => view.list('initiatives').filter((i) => i.toOn >= todayOn), [todayOn]).toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
  return (
    <Section title={t('initiatives.title')} count={initiatives.length}>
      {initiatives.length === 0 && <EmptyState isCompact title={t('initiatives.empty')} />}
      <ul className={classes.list}>
        {initiatives.map((initiative) => (
          <li key={initiative.id}>
            <UnstyledButton className={classes.unsent ?? ''} data-link onClick={() => navigate(`initiatives/${initiative.id}`)}>
              <span className={classes.lines}>
                <span className={classes.name}>{initiative.name}</span>
                <span className={classes.meta}>{initiative.place}</span>
              </span>
              <span className={classes.due}>{t('initiatives.from', { from: format.day(initiative.fromOn), to: format.day(initiative.toOn) })}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The day of those who neither sell nor decide: the figures that their work is about. */
export function RoleToday({ role }: { readonly role: Role }) {
  const entriesState = useEntriesState()
  const isKnown = role !== 'compliance' || entriesState === 'whole'
  return isKnown ? <KnownFacts role={role} /> : <LoadingState />
}

function KnownFacts({ role }: { readonly role: Role }) {
  const { t } = useTranslation('today')
  const clock = useClock()
  const counts = useReplica((view) => countFor(role, view, clock), [role, clock])
  const facts = Object.entries(counts).map(([name, count]) => {
    const path = PATHS[name as FactName]
    return { label: t(`facts.${name as FactName}`), count, ...(path === undefined ? {} : { path }) }
  })
  return (
    <div className={classes.column}>
      <Section title={t('facts.title')} testId="today-facts">
        <FactList facts={facts} onOpen={navigate} />
      </Section>
      {(role === 'marketing' || role === 'compliance') && <Initiatives />}
    </div>
  )
}

import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { Coverage } from '../../../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import { useFormat } from '../../../ui/use-format.ts'
import classes from '../page/household-page.module.css'
import { groupCoverages } from './coverage-rows.ts'
import { EndCoverageForm } from './end-coverage-form.tsx'
import { GrantCoverageForm } from './grant-coverage-form.tsx'

/** Who covers the household, in which role, from when to when. Supervisors grant and end it. */
export function CoverageSection({ household, self }: { readonly household: Household; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const { todayOn } = useClock()
  const [isGranting, setIsGranting] = useState(false)
  const coverages = useReplica((view) => view.listByHousehold('coverages', household.id), [household.id])
  const { current, past } = groupCoverages(coverages, todayOn)
  const mayDecide = canRoleUse(self.role, 'coverage/grant')
  return (
    <Section
      title={t('coverage.title')}
      {...(current.length > 0 ? { count: current.length } : {})}
      actions={
        mayDecide &&
        !isGranting && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} data-testid="coverage-grant" onClick={() => setIsGranting(true)}>
            {t('coverage.grant')}
          </Button>
        )
      }
    >
      {isGranting && <GrantCoverageForm household={household} onClose={() => setIsGranting(false)} />}
      {current.length === 0 && <EmptyState isCompact title={t('coverage.empty')} />}
      <ul className={classes.list}>
        {current.map((coverage) => (
          <CoverageItem key={coverage.id} coverage={coverage} mayEnd={mayDecide} />
        ))}
      </ul>
      {past.length > 0 && (
        <details className={classes.past}>
          <summary className={classes.meta}>
            {t('coverage.past')} {past.length}
          </summary>
          <ul className={classes.list}>
            {past.map((coverage) => (
              <CoverageItem key={coverage.id} coverage={coverage} mayEnd={false} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function CoverageItem({ coverage, mayEnd }: { readonly coverage: Coverage; readonly mayEnd: boolean }) {
  const { t } = useTranslation('households')
  const [isEnding, setIsEnding] = useState(false)
  const unsettled = useReplica((view) => view.unsettledOf('coverages', coverage.id), [coverage.id])
  const name = useReplica((view) => view.find('colleagues', coverage.colleagueId)?.name ?? '', [coverage.colleagueId])
  return (
    <li data-testid="coverage-row" data-colleague-id={coverage.colleagueId}>
      <div className={classes.item}>
        <div className={classes.grow}>
          <p>
            <span className={classes.strong}>{name}</span> <span className={classes.meta}>{t(`coverage.roles.${coverage.role}`)}</span>
          </p>
          <p className={classes.meta}>
            <Dates coverage={coverage} />
          </p>
        </div>
        <span className={classes.end}>
          <SaveState state={unsettled} />
          {mayEnd && !isEnding && (
            <Button size="compact-xs" variant="subtle" color="gray" aria-label={t('coverage.endLabel', { name })} data-testid="coverage-end" onClick={() => setIsEnding(true)}>
              {t('coverage.end')}
            </Button>
          )}
        </span>
      </div>
      {isEnding && <EndCoverageForm coverage={coverage} name={name} onClose={() => setIsEnding(false)} />}
    </li>
  )
}

function Dates({ coverage }: { readonly coverage: Coverage }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const { todayOn } = useClock()
  const from = format.day(coverage.fromOn)
  if (coverage.toOn !== null) return t('coverage.range', { from, to: format.day(coverage.toOn) })
  return t(coverage.fromOn > todayOn ? 'coverage.future' : 'coverage.since', { from })
}

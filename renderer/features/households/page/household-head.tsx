import { Button } from '@mantine/core'
import { IconChecklist, IconPencil, IconPencilPlus, IconVolumeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { quietPeriodOn } from '../../../../shared/domain/contact/contact-rules.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { navigate } from '../../../app/navigation.ts'
import { useCadenceOf } from '../../../cadence/household-cadence.ts'
import { useEntriesState, useReplica } from '../../../db/use-replica.ts'
import { Money } from '../../../ui/money.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { CadenceTag } from '../cadence-tag.tsx'
import { EditHousehold } from './edit-household.tsx'
import classes from './household-page.module.css'
import { QuietPeriodForm } from './quiet-period-form.tsx'

/** Name, what kind of client it is, where it stands, and what one does with it. */
export function HouseholdHead({ household, self }: { readonly household: Household; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const [editor, setEditor] = useState<'edit' | 'quiet' | null>(null)
  const seesCadence = useEntriesState() !== 'partial' && self.role !== 'service' && self.role !== 'controller'
  const unsettled = useReplica((view) => view.unsettledOf('households', household.id), [household.id])
  const toggle = (which: 'edit' | 'quiet') => setEditor((open) => (open === which ? null : which))
  const close = () => setEditor(null)
  return (
    <header className={classes.head}>
      <div className={classes.about}>
        <h1 className={classes.title} data-testid="household-name">
          {household.name}
        </h1>
        <p className={classes.facts}>
          <span>{[t(`relationship.${household.relationship}`), t(`tier.${household.tier}`), household.city, household.country].filter(Boolean).join(' · ')}</span>
          {household.assetsMinor > 0 && <Money minor={household.assetsMinor} currency={household.currency} />}
          <SaveState state={unsettled} />
        </p>
        {seesCadence && <Standing household={household} />}
      </div>
      <div className={classes.actions}>
        {canRoleUse(self.role, 'contact/log') && (
          <Button leftSection={<IconPencilPlus size={15} />} data-testid="household-log" onClick={() => navigate(`log/${household.id}`)}>
            {t('action.log')}
          </Button>
        )}
        {canRoleUse(self.role, 'follow-up/add') && (
          <Button variant="default" leftSection={<IconChecklist size={15} />} onClick={() => navigate(`follow-ups/new/${household.id}`)}>
            {t('action.followUp')}
          </Button>
        )}
        {canRoleUse(self.role, 'household/edit') && (
          <>
            <Button variant="default" leftSection={<IconPencil size={15} />} aria-expanded={editor === 'edit'} data-testid="household-edit" onClick={() => toggle('edit')}>
              {t('action.edit')}
            </Button>
            <Button variant="default" leftSection={<IconVolumeOff size={15} />} aria-expanded={editor === 'quiet'} onClick={() => toggle('quiet')}>
              {t('action.quiet')}
            </Button>
          </>
        )}
      </div>
      {editor === 'edit' && <EditHousehold household={household} onClose={close} />}
      {editor === 'quiet' && <QuietPeriodForm household={household} onClose={close} />}
    </header>
  )
}

/** Between too seldom and too often, in words. */
function Standing({ household }: { readonly household: Household }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const { todayOn } = useClock()
  const entries = useReplica((view) => view.listEntryFactsOf(household.id), [household.id])
  const cadence = useCadenceOf()(household, entries, todayOn)
  const quiet = quietPeriodOn(household, todayOn)
  const isDated = cadence.state !== 'quiet' && household.relationship !== 'former'
  const facts = [
    cadence.lastTouchOn === null ? t('neverTouched') : t('lastTouch', { when: format.relativeDay(cadence.lastTouchOn) }),
    isDated && t('dueOn', { day: format.day(cadence.dueOn) }),
  ]
  return (
    <>
      <p className={classes.tags} data-testid="household-cadence" data-state={cadence.state}>
        <CadenceTag cadence={cadence} isLong />
        <span>{facts.filter(Boolean).join(' · ')}</span>
        <span title={t('burdenHint')}>· {t('burden', { count: cadence.burden30, max: cadence.maxIn30 })}</span>
      </p>
      {quiet && (
        <p className={classes.reason}>
          {t(`quietKind.${quiet.kind}`)}: {quiet.reason}
        </p>
      )}
    </>
  )
}

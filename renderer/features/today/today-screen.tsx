import { Button } from '@mantine/core'
import { IconPencilPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { ClaimPanel } from './claim-panel.tsx'
import { ContactPanel } from './contact-panel.tsx'
import { ControllerToday } from './controller-today.tsx'
import { FollowUpPanel } from './follow-up-panel.tsx'
import { RoleToday } from './role-today.tsx'
import classes from './today.module.css'
import { UnsentPanel } from './unsent-panel.tsx'

function SalesToday({ selfId }: { readonly selfId: string }) {
  return (
    <div className={classes.split}>
      <ContactPanel selfId={selfId} />
      <div className={classes.side}>
        <FollowUpPanel selfId={selfId} />
        <ClaimPanel selfId={selfId} />
        <UnsentPanel />
      </div>
    </div>
  )
}

function DayOf({ role, selfId }: { readonly role: Role; readonly selfId: string }) {
  if (canRoleUse(role, 'contact/log')) return <SalesToday selfId={selfId} />
  if (role === 'controller') return <ControllerToday selfId={selfId} />
  return <RoleToday role={role} />
}

/** The start of the day: what this person should do next, by role. */
export function TodayScreen() {
  const { t } = useTranslation()
  const format = useFormat()
  const { todayOn } = useClock()
  const colleague = useAppSelector((state) => state.session.colleague)
  if (!colleague) return null
  const log = canRoleUse(colleague.role, 'contact/log') && (
    <Button leftSection={<IconPencilPlus size={15} aria-hidden />} onClick={() => navigate('log')}>
      {t('nav.log')}
    </Button>
  )
  return (
    <div className={classes.screen} data-testid="today-screen">
      <ScreenHeader title={format.dayLong(todayOn)} actions={log} />
      <DayOf role={colleague.role} selfId={colleague.id} />
    </div>
  )
}

import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { navigate, useRoute } from '../navigation.ts'
import { type NavItem, navItemsOf, navNameOf } from './nav-items.ts'
import classes from './rail.module.css'
import { useNavCounts } from './use-nav-counts.ts'

interface RailItemProps {
  readonly item: NavItem
  readonly isCurrent: boolean
  readonly isNarrow: boolean
  readonly count: number
}

function RailItem({ item, isCurrent, isNarrow, count }: RailItemProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const label = t(`nav.${item.name}`)
  const Icon = item.icon
  const button = (
    <UnstyledButton
      className={classes.item ?? ''}
      data-testid={item.testId}
      data-alert={(item.name === 'attention' && count > 0) || undefined}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={isNarrow ? label : undefined}
      onClick={() => navigate(item.path)}
    >
      <Icon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      {!isNarrow && (
        <span className={classes.words}>
          <span className={classes.label}>{label}</span>
          {item.name === 'log' && <KeyHint keys={item.keys} />}
        </span>
      )}
      {count > 0 && (
        <span className={classes.count}>
          <span aria-hidden>{isNarrow ? '' : format.number(count)}</span>
          <span className={classes.hidden}>{t('nav.count', { count })}</span>
        </span>
      )}
    </UnstyledButton>
  )
  if (!isNarrow) return button // a tooltip that never shows takes its time all the same
  return (
    <Tooltip label={count > 0 ? `${label} · ${t('nav.count', { count })}` : label} position="right">
      {button}
    </Tooltip>
  )
}

interface RailProps {
  readonly role: Role
  readonly selfId: string
  readonly isNarrow: boolean
  readonly onToggle: () => void
}

/** The way to every screen that the role has. */
export function Rail({ role, selfId, isNarrow, onToggle }: RailProps) {
  const { t } = useTranslation()
  const current = navNameOf(useRoute().segments[0] ?? '')
  const counts = useNavCounts(selfId)
  const items = navItemsOf(role).filter(({ isAside }) => !isAside)
  const Toggle = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const write = (item: NavItem) => <RailItem key={item.name} item={item} isCurrent={item.name === current} isNarrow={isNarrow} count={counts[item.name] ?? 0} />
  return (
    <nav className={classes.rail} data-screen-only data-narrow={isNarrow || undefined} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <span className={classes.mark} aria-hidden />
        {!isNarrow && <span className={classes.name}>{t('appName')}</span>}
      </div>
      <div className={classes.items}>{items.filter((i) => i.name !== 'settings').map(write)}</div>
      <div className={classes.foot}>
        {items.filter((i) => i.name === 'settings').map(write)}
        <UnstyledButton className={classes.item ?? ''} aria-label={t(isNarrow ? 'nav.expand' : 'nav.collapse')} aria-expanded={!isNarrow} onClick={onToggle}>
          <Toggle size={18} stroke={1.75} aria-hidden className={classes.icon} />
        </UnstyledButton>
      </div>
    </nav>
  )
}

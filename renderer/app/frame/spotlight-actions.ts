import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { bridge } from '../../bridge/window-api.ts'
import { useUndo } from '../../commands/use-run-command.ts'
import { navigate } from '../navigation.ts'
import { lock } from '../session-actions.ts'
import { changeSettings } from '../settings-actions.ts'
import { useAppSelector } from '../store.ts'
import { navItemsOf } from './nav-items.ts'

export interface FrameAction {
  readonly id: string
  readonly label: string
  readonly keys: string | null
  readonly run: () => void
}

/** Everything that can be done from anywhere, under its name. */
export function useFrameActions(role: Role, onHelp: () => void): readonly FrameAction[] {
  const { t } = useTranslation()
  const settings = useAppSelector((state) => state.settings)
  const { last, undoLast } = useUndo()
  const themes = (['light', 'dark', 'system'] as const).filter((theme) => theme !== settings.theme)
  const THEME_LABELS = { light: t('spotlight.themeLight'), dark: t('spotlight.themeDark'), system: t('spotlight.themeSystem') }
  const otherDensity = settings.density === 'compact' ? 'comfortable' : 'compact'
  const screens = navItemsOf(role).map((item) => ({ id: item.name, label: t(`nav.${item.name}`), keys: item.keys, run: () => navigate(item.path) }))
  return [
    ...screens,
    ...(last ? [{ id: 'undo', label: `${t('action.undo')}: ${last.label}`, keys: 'mod+Z', run: undoLast }] : []),
    { id: 'refresh', label: t('spotlight.refresh'), keys: null, run: () => void bridge.invoke('sync:now', {}) },
    { id: 'print', label: t('keys.print'), keys: 'mod+P', run: () => setTimeout(() => window.print()) }, // once the search is closed
    { id: 'help', label: t('spotlight.help'), keys: '?', run: onHelp },
    ...themes.map((theme) => ({ id: `theme-${theme}`, label: THEME_LABELS[theme], keys: null, run: () => void changeSettings({ theme }) })),
    {
      id: 'density',
      label: t(otherDensity === 'compact' ? 'spotlight.densityCompact' : 'spotlight.densityComfortable'),
      keys: null,
      run: () => void changeSettings({ density: otherDensity }),
    },
    { id: 'lock', label: t('person.lock'), keys: 'mod+shift+L', run: () => void lock() },
  ]
}

import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/ipc/ipc-contract.ts'
import { changeSettings } from '../../app/settings-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { Section } from '../../ui/section.tsx'
import { SettingRow } from './setting-row.tsx'

/** Each language under its own name, so that nobody has to know another one to find theirs. */
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch', hu: 'Magyar' } as const

export function AppearanceSettings() {
  const { t } = useTranslation('settings')
  const settings = useAppSelector((state) => state.settings)
  const languages = [{ value: 'system', label: t('appearance.languageSystem') }, ...Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))]
  const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`appearance.themes.${value}`) }))
  const densities = (['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`appearance.densities.${value}`) }))
  return (
    <Section title={t('appearance.title')}>
      <SettingRow label={t('appearance.language')}>
        <Select
          w={220}
          size="xs"
          aria-label={t('appearance.language')}
          data={languages}
          value={settings.language}
          allowDeselect={false}
          data-testid="settings-language"
          onChange={(language) => language && void changeSettings({ language: language as Settings['language'] })}
        />
      </SettingRow>
      <SettingRow label={t('appearance.theme')}>
        <SegmentedControl
          size="xs"
          aria-label={t('appearance.theme')}
          data={themes}
          value={settings.theme}
          data-testid="settings-theme"
          onChange={(theme) => void changeSettings({ theme: theme as Settings['theme'] })}
        />
      </SettingRow>
      <SettingRow label={t('appearance.density')}>
        <SegmentedControl
          size="xs"
          aria-label={t('appearance.density')}
          data={densities}
          value={settings.density}
          data-testid="settings-density"
          onChange={(density) => void changeSettings({ density: density as Settings['density'] })}
        />
      </SettingRow>
    </Section>
  )
}

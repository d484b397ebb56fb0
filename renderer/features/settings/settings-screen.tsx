import { useTranslation } from 'react-i18next'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { AboutSection } from './about-section.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { ConnectionSettings } from './connection-settings.tsx'
import { DeviceList } from './device-list.tsx'
import { DeviceSettings, NotificationSettings } from './device-settings.tsx'
import classes from './settings.module.css'

/** What belongs to this installation; every change takes effect at once. */
export function SettingsScreen() {
  const { t } = useTranslation('settings')
  return (
    <div className={classes.screen} data-testid="settings-screen">
      <ScreenHeader title={t('title')} />
      <div className={classes.column}>
        <AppearanceSettings />
        <NotificationSettings />
        <ConnectionSettings />
        <DeviceSettings />
        <DeviceList />
        <AboutSection />
      </div>
    </div>
  )
}

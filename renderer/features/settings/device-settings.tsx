import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { lock } from '../../app/session-actions.ts'
import { changeSettings } from '../../app/settings-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { Section } from '../../ui/section.tsx'
import { PassphraseSettings } from './passphrase-settings.tsx'
import { RecoverySettings } from './recovery-settings.tsx'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

export function NotificationSettings() {
  const { t } = useTranslation('settings')
  const { hasNotifications, hasNotificationNames } = useAppSelector((state) => state.settings)
  return (
    <Section title={t('notifications.title')}>
      <SettingRow label={t('notifications.label')} hint={t('notifications.hint')}>
        <Switch
          aria-label={t('notifications.label')}
          checked={hasNotifications}
          data-testid="settings-notifications"
          onChange={(event) => void changeSettings({ hasNotifications: event.currentTarget.checked })}
        />
      </SettingRow>
      <SettingRow label={t('notifications.names')} hint={t('notifications.namesHint')}>
        <Switch
          aria-label={t('notifications.names')}
          checked={hasNotificationNames}
          disabled={!hasNotifications}
          data-testid="settings-notification-names"
          onChange={(event) => void changeSettings({ hasNotificationNames: event.currentTarget.checked })}
        />
      </SettingRow>
    </Section>
  )
}

export function DeviceSettings() {
  const { t } = useTranslation('settings')
  const session = useAppSelector((state) => state.session)
  const lockNow = (
    <Button variant="default" data-testid="settings-lock" onClick={() => void lock()}>
      {t('device.lock')}
    </Button>
  )
  return (
    <Section title={t('device.title')} actions={lockNow}>
      <SettingRow label={t('device.name')}>{session.deviceName}</SettingRow>
      <SettingRow label={t('device.id')}>
        <span className={classes.mono}>{session.deviceId ?? '–'}</span>
      </SettingRow>
      <PassphraseSettings />
      <RecoverySettings />
      <SettingRow label={t('device.database')} hint={t('device.sealed')}>
        <span className={classes.mono}>{session.databaseName ?? '–'}</span>
      </SettingRow>
    </Section>
  )
}

import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { Device } from '../../../shared/sync/session.ts'
import { useAppSelector } from '../../app/store.ts'
import { bridge } from '../../bridge/window-api.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { Section } from '../../ui/section.tsx'
import { Tag } from '../../ui/tag.tsx'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

function DeviceRow({ device, onRevoke }: { readonly device: Device; readonly onRevoke: (device: Device) => void }) {
  const { t } = useTranslation('settings')
  return (
    <li className={classes.row} data-testid="device-row" data-device={device.id}>
      <div>
        <p>{device.name}</p>
        <p className={classes.hint}>
          {t('devices.seen')}: {device.lastSeenAtMs === null ? t('devices.never') : <InstantText atMs={device.lastSeenAtMs} isRelative />}
        </p>
      </div>
      <div className={classes.value}>
        {device.isThis && <Tag tone="blue">{t('devices.this')}</Tag>}
        {device.revokedAtMs !== null && <Tag tone="grey">{t('devices.revoked')}</Tag>}
        {!device.isThis && device.revokedAtMs === null && (
          <Button variant="subtle" data-testid="device-revoke" onClick={() => onRevoke(device)}>
            {t('devices.revoke')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** The person's laptops, so that a lost one can be withdrawn from any other. Comes from the server at each look. */
export function DeviceList() {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const isOnline = useAppSelector((state) => state.syncStatus.connection === 'online')
  const [devices, setDevices] = useState<readonly Device[] | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const load = useCallback(async () => {
    const answer = await bridge.invoke('devices:list', {})
    if (answer.ok) setDevices(answer.value.devices)
    setError(answer.ok ? null : answer.error)
  }, [])
  useEffect(() => {
    if (isOnline) void load()
  }, [isOnline, load])
  /** Main asks the person before. */
  const revoke = async (device: Device) => {
    const answer = await bridge.invoke('devices:revoke', { deviceId: device.id })
    if (answer.ok) await load()
    else setError(answer.error)
  }
  return (
    <Section title={t('devices.title')} testId="device-list">
      {error && isOnline && (
        <>
          <ErrorText error={error} />
          <Button mt="sm" variant="default" data-testid="devices-retry" onClick={() => void load()}>
            {tCommon('sync.tryNow')}
          </Button>
        </>
      )}
      {devices === null ? (
        !(error && isOnline) && <SettingRow label={t(isOnline ? 'devices.loading' : 'devices.offline')}>{null}</SettingRow>
      ) : (
        <ul className={classes.list}>
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} onRevoke={(gone) => void revoke(gone)} />
          ))}
        </ul>
      )}
    </Section>
  )
}

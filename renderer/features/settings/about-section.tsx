import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IpcResponse } from '../../../shared/ipc/ipc-contract.ts'
import { bridge } from '../../bridge/window-api.ts'
import { Section } from '../../ui/section.tsx'
import { SettingRow } from './setting-row.tsx'

/** Versions, for whoever reports something. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const [about, setAbout] = useState<IpcResponse<'app:about'> | null>(null)
  useEffect(() => {
    let isGone = false
    void bridge.invoke('app:about', {}).then((answer) => {
      if (answer.ok && !isGone) setAbout(answer.value)
    })
    return () => {
      isGone = true
    }
  }, [])
  return (
    <Section title={t('about.title')} testId="about">
      <SettingRow label={t('about.version')}>{about && `${about.version} · ${t(about.isPackaged ? 'about.packaged' : 'about.development')}`}</SettingRow>
      <SettingRow label="Electron · Chromium · Node">{about && `${about.electron} · ${about.chromium} · ${about.node}`}</SettingRow>
      <SettingRow label={t('about.licence')}>{t('about.licenceText')}</SettingRow>
    </Section>
  )
}

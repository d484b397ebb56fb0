import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IpcResponse } from '../../../shared/ipc/ipc-contract.ts'
import { useRoute } from '../../app/navigation.ts'
import { bridge } from '../../bridge/window-api.ts'
import { Section } from '../../ui/section.tsx'
import { SettingRow } from './setting-row.tsx'

/** Versions, for whoever reports something. The route 'settings/about' leads here. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const end = useRef<HTMLDivElement>(null)
  const isAskedFor = useRoute().segments[1] === 'about'
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
  useEffect(() => {
    if (isAskedFor && about) end.current?.scrollIntoView({ block: 'end' })
  }, [isAskedFor, about])
  return (
    <Section title={t('about.title')} testId="about">
      <SettingRow label={t('about.version')}>{about && `${about.version} · ${t(about.isPackaged ? 'about.packaged' : 'about.development')}`}</SettingRow>
      <SettingRow label="Electron · Chromium · Node">{about && `${about.electron} · ${about.chromium} · ${about.node}`}</SettingRow>
      <SettingRow label={t('about.licence')}>{t('about.licenceText')}</SettingRow>
      <div ref={end} />
    </Section>
  )
}

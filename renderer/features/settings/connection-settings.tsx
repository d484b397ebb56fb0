import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { changeSettings } from '../../app/settings-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { Section } from '../../ui/section.tsx'
import { Tag } from '../../ui/tag.tsx'
import { SettingRow } from './setting-row.tsx'

/** Only the form of an address; whether a server answers there shows in the state below. */
const isAddress = (text: string): boolean => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)

const STATE_TEXT = { online: 'sync.upToDate', offline: 'sync.offline', signInNeeded: 'sync.signInNeeded', clientTooOld: 'sync.clientTooOld' } as const

function ServerField() {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const serverUrl = useAppSelector((state) => state.settings.serverUrl)
  const [draft, setDraft] = useState(serverUrl)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => setDraft(serverUrl), [serverUrl])
  const isChanged = draft.trim() !== serverUrl
  const isWrong = isChanged && !isAddress(draft.trim())
  const save = async () => {
    const saved = await changeSettings({ serverUrl: draft.trim() })
    setError(saved.ok ? null : saved.error)
  }
  return (
    <>
      <TextInput
        flex={1}
        size="xs"
        type="url"
        aria-label={t('connection.server')}
        value={draft}
        error={isWrong ? t('connection.serverInvalid') : null}
        data-testid="settings-server"
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      {isChanged && (
        <Button disabled={isWrong} data-testid="settings-server-save" onClick={() => void save()}>
          {tCommon('action.save')}
        </Button>
      )}
      {error && <ErrorText error={error} />}
    </>
  )
}

export function ConnectionSettings() {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const status = useAppSelector((state) => state.syncStatus)
  return (
    <Section title={t('connection.title')}>
      <SettingRow label={t('connection.server')} hint={t('connection.serverHint')}>
        <ServerField />
      </SettingRow>
      <SettingRow label={t('connection.state')}>
        <Tag tone={status.connection === 'online' ? 'green' : 'grey'}>{tCommon(STATE_TEXT[status.connection])}</Tag>
      </SettingRow>
      <SettingRow label={t('connection.lastContact')}>{status.lastContactAtMs === null ? tCommon('sync.never') : <InstantText atMs={status.lastContactAtMs} />}</SettingRow>
    </Section>
  )
}

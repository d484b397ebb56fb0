import { Anchor, Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { changeSettings } from '../../app/settings-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import classes from './entry-card.module.css'

/** The server that signing in will ask; it can be changed before anyone is signed in. */
export function ServerLine() {
  const { t } = useTranslation('session')
  const { t: tCommon } = useTranslation()
  const serverUrl = useAppSelector((state) => state.settings.serverUrl)
  const deviceName = useAppSelector((state) => state.session.deviceName)
  const [draft, setDraft] = useState<string | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const save = async () => {
    if (draft === null) return
    const saved = await changeSettings({ serverUrl: draft.trim() })
    if (saved.ok) setDraft(null)
    setError(saved.ok ? null : saved.error)
  }
  return (
    <>
      {draft === null ? (
        <p className={classes.server}>
          {t('signIn.server')}: {serverUrl || '–'}
          <Anchor component="button" type="button" size="xs" onClick={() => setDraft(serverUrl)}>
            {t('signIn.changeServer')}
          </Anchor>
        </p>
      ) : (
        <Group gap="sm" align="end">
          <TextInput
            flex={1}
            size="xs"
            label={t('signIn.serverAddress')}
            value={draft}
            autoFocus
            data-testid="sign-in-server"
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <Button variant="default" onClick={() => void save()}>
            {tCommon('action.save')}
          </Button>
        </Group>
      )}
      {error && <ErrorText error={error} />}
      {deviceName !== '' && <p>{t('signIn.device', { name: deviceName })}</p>}
    </>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { signOut, unlock } from '../../app/session-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { useReadyFlag } from '../../ui/use-ready-flag.ts'
import { EntryCard } from './entry-card.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import { SignOutButton } from './sign-out-button.tsx'

/** Opens the sealed data of the person who is signed in on this laptop; needs no connection. */
export function UnlockScreen() {
  const { t } = useTranslation('session')
  const lastEmail = useAppSelector((state) => state.session.lastEmail)
  const [passphrase, setPassphrase] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  useReadyFlag(true)
  const submit = async () => {
    setHasTried(true)
    if (passphrase === '' || isBusy) return
    setIsBusy(true)
    setError(null)
    const opened = await unlock(passphrase)
    setIsBusy(false)
    if (opened.ok) return
    setPassphrase('')
    setHasTried(false)
    setError(opened.error)
  }
  const foot = (
    <>
      <p>{t('unlock.someoneElse')}</p>
      <SignOutButton />
    </>
  )
  return (
    <EntryCard title={t('unlock.title')} hint={t('unlock.hint')} testId="unlock-screen" onSubmit={() => void submit()} foot={foot}>
      {error && <ErrorText error={error} testId="unlock-error" />}
      {lastEmail !== null && <p>{lastEmail}</p>}
      {error?.code === 'session/keys-erased' ? (
        <Button size="md" autoFocus data-testid="unlock-sign-in" onClick={() => void signOut(false)}>
          {t('signIn.submit')}
        </Button>
      ) : (
        <>
          <PassphraseField
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
            error={hasTried && passphrase === '' ? t('signIn.passphraseMissing') : null}
            testId="unlock-passphrase"
          />
          <Button type="submit" size="md" loading={isBusy} data-testid="unlock-submit">
            {t('unlock.submit')}
          </Button>
        </>
      )}
    </EntryCard>
  )
}

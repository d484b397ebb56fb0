import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { signOut, unlock } from '../../app/session-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { Notice } from '../../ui/notice.tsx'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { useReadyFlag } from '../../ui/use-ready-flag.ts'
import { AccountPassphrase } from './account-passphrase.tsx'
import { EntryCard } from './entry-card.tsx'
import { SessionError } from './session-error.tsx'
import { SignOutButton } from './sign-out-button.tsx'

/** Opens the sealed data of the person who is signed in on this laptop; needs no connection. */
export function UnlockScreen() {
  const { t } = useTranslation('session')
  const { lastEmail, notice } = useAppSelector((state) => state.session)
  const [passphrase, setPassphrase] = useState('')
  const [accountPassphrase, setAccountPassphrase] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const [refusals, setRefusals] = useState(0) // each brings the focus back to the field
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  useReadyFlag(true)
  const needsAccount = error?.code === 'session/account-passphrase-needed' || accountPassphrase !== ''
  const submit = async () => {
    setHasTried(true)
    if (passphrase === '' || isBusy) return
    setIsBusy(true)
    setError(null)
    const opened = await unlock(passphrase, accountPassphrase || undefined)
    setIsBusy(false)
    if (opened.ok) return
    setError(opened.error)
    setRefusals((count) => count + 1)
    if (opened.error.code === 'session/account-passphrase-needed' || opened.error.code === 'session/wrong-credentials') return
    setPassphrase('')
    setHasTried(false)
  }
  const foot = (
    <>
      <p>{t('unlock.someoneElse')}</p>
      <SignOutButton />
    </>
  )
  return (
    <EntryCard title={t('unlock.title')} hint={error?.code === 'session/keys-erased' ? '' : t('unlock.hint')} testId="unlock-screen" onSubmit={() => void submit()} foot={foot}>
      {notice && !error && (
        <Notice tone="amber" testId="unlock-notice">
          {t(`notice.${notice}`)}
        </Notice>
      )}
      {error && <SessionError error={error} testId="unlock-error" />}
      {lastEmail !== null && <p>{lastEmail}</p>}
      {error?.code === 'session/keys-erased' ? (
        <Button size="md" autoFocus data-testid="unlock-sign-in" onClick={() => void signOut(false)}>
          {t('signIn.submit')}
        </Button>
      ) : (
        <>
          <PassphraseField
            key={refusals}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
            error={hasTried && passphrase === '' ? t('signIn.passphraseMissing') : null}
            testId="unlock-passphrase"
          />
          {needsAccount && <AccountPassphrase key={`account ${refusals}`} value={accountPassphrase} onChange={setAccountPassphrase} />}
          <Button type="submit" size="md" loading={isBusy} data-testid="unlock-submit">
            {t('unlock.submit')}
          </Button>
          {error?.code === 'session/keychain-missing' && (
            <Button variant="default" data-testid="unlock-sign-in" onClick={() => void signOut(false)}>
              {t('unlock.signInAnew')}
            </Button>
          )}
        </>
      )}
    </EntryCard>
  )
}

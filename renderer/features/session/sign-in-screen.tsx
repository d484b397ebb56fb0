import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { signIn } from '../../app/session-actions.ts'
import { useAppSelector } from '../../app/store.ts'
import { Notice } from '../../ui/notice.tsx'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { useReadyFlag } from '../../ui/use-ready-flag.ts'
import { AccountPassphrase } from './account-passphrase.tsx'
import { EntryCard } from './entry-card.tsx'
import { LaptopPassphrase } from './laptop-passphrase.tsx'
import { OfficeButton, type OfficeSignIn, useOfficeName } from './office-button.tsx'
import { ServerLine } from './server-line.tsx'
import { SessionError } from './session-error.tsx'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** The first time on this laptop, or after signing out; needs the server. What was typed stays through a refusal. */
export function SignInScreen() {
  const { t } = useTranslation('session')
  const { lastEmail, notice } = useAppSelector((state) => state.session)
  const officeName = useOfficeName(useAppSelector((state) => state.settings.serverUrl))
  const [office, setOffice] = useState<OfficeSignIn | null>(null)
  const [email, setEmail] = useState(lastEmail ?? '')
  const [passphrase, setPassphrase] = useState('')
  const [accountPassphrase, setAccountPassphrase] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const [refusals, setRefusals] = useState(0) // each brings the focus back to the field
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  useReadyFlag(true)
  const needsAccount = error?.code === 'session/account-passphrase-needed' || accountPassphrase !== ''
  const isEmailWrong = !EMAIL.test(email.trim())
  const submit = async () => {
    setHasTried(true)
    if (isEmailWrong || passphrase === '' || isBusy) return
    setIsBusy(true)
    setError(null)
    const signedIn = await signIn(email.trim(), passphrase, accountPassphrase || undefined)
    setIsBusy(false)
    if (signedIn.ok) return
    setError(signedIn.error)
    setRefusals((count) => count + 1)
  }
  if (office) return <LaptopPassphrase signedIn={office} />
  return (
    <EntryCard title={t('signIn.title')} hint={t('signIn.hint')} testId="sign-in-screen" onSubmit={() => void submit()} foot={<ServerLine />}>
      {notice && (
        <Notice tone="amber" testId="sign-in-notice">
          {t(`notice.${notice}`)}
        </Notice>
      )}
      {error && <SessionError error={error} testId="sign-in-error" />}
      <TextInput
        size="md"
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        autoFocus={lastEmail === null}
        value={email}
        error={hasTried && isEmailWrong ? t('signIn.emailInvalid') : null}
        data-testid="sign-in-email"
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PassphraseField
        key={refusals}
        value={passphrase}
        onChange={setPassphrase}
        autoFocus={lastEmail !== null || refusals > 0}
        error={hasTried && passphrase === '' ? t('signIn.passphraseMissing') : null}
        testId="sign-in-passphrase"
      />
      {needsAccount && <AccountPassphrase key={`account ${refusals}`} value={accountPassphrase} onChange={setAccountPassphrase} />}
      <Button type="submit" size="md" loading={isBusy} data-testid="sign-in-submit">
        {t('signIn.submit')}
      </Button>
      {officeName !== null && <OfficeButton name={officeName} onSignedIn={setOffice} onError={setError} />}
    </EntryCard>
  )
}

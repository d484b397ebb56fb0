import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPassphraseLongEnough } from '../../../shared/domain/policy/passphrase.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { completeOffice } from '../../app/session-actions.ts'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { EntryCard } from './entry-card.tsx'
import type { OfficeSignIn } from './office-button.tsx'
import { SessionError } from './session-error.tsx'

/** After the browser: what seals the data on this laptop, which the office never learns. */
export function LaptopPassphrase({ signedIn }: { readonly signedIn: OfficeSignIn }) {
  const { t } = useTranslation('session')
  const isNew = signedIn.next === 'new'
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const isTooShort = isNew && !isPassphraseLongEnough(passphrase)
  const isDifferent = isNew && repeated !== passphrase
  const submit = async () => {
    setHasTried(true)
    if (isTooShort || isDifferent || passphrase === '' || isBusy) return
    setIsBusy(true)
    setError(null)
    const opened = await completeOffice(passphrase)
    setIsBusy(false)
    if (!opened.ok) setError(opened.error)
  }
  const tooShort = isNew ? t('office.tooShort') : t('signIn.passphraseMissing')
  return (
    <EntryCard
      title={t(isNew ? 'office.newTitle' : 'office.existingTitle')}
      hint={t(isNew ? 'office.newHint' : 'office.existingHint', { email: signedIn.email })}
      testId="laptop-passphrase-screen"
      onSubmit={() => void submit()}
    >
      {error && <SessionError error={error} testId="sign-in-error" />}
      <PassphraseField value={passphrase} onChange={setPassphrase} autoFocus error={hasTried && (isTooShort || passphrase === '') ? tooShort : null} testId="laptop-passphrase" />
      {isNew && (
        <PassphraseField
          label={t('office.repeat')}
          value={repeated}
          onChange={setRepeated}
          error={hasTried && isDifferent ? t('office.differ') : null}
          testId="laptop-passphrase-again"
        />
      )}
      <Button type="submit" size="md" loading={isBusy} data-testid="laptop-passphrase-submit">
        {t('office.open')}
      </Button>
    </EntryCard>
  )
}

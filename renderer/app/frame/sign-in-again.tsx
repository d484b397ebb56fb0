import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { bridge } from '../../bridge/window-api.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { signIn } from '../session-actions.ts'
import { useAppSelector } from '../store.ts'
import classes from './sync-state.module.css'

/** Where the server has ended the session: renews it on the spot, and work goes on meanwhile. */
export function SignInAgain() {
  const { t } = useTranslation('session')
  const { t: tCommon } = useTranslation()
  const { lastEmail, signInKind } = useAppSelector((state) => state.session)
  const [passphrase, setPassphrase] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const renew = async (event: FormEvent) => {
    event.preventDefault()
    setIsBusy(true)
    const answer = signInKind === 'oidc' ? await bridge.invoke('session:oidc-sign-in', {}) : await signIn(lastEmail ?? '', passphrase)
    setIsBusy(false)
    setPassphrase('')
    setError(answer.ok ? null : answer.error)
  }
  return (
    <form className={classes.details} onSubmit={(event) => void renew(event)} data-testid="sign-in-again">
      {error && <ErrorText error={error} testId="sign-in-again-error" />}
      {signInKind === 'passphrase' && (
        <PasswordInput
          label={t('signIn.passphrase')}
          value={passphrase}
          data-autofocus
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassphrase') }}
          data-testid="sign-in-again-passphrase"
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      )}
      {isBusy && signInKind === 'oidc' && <p role="status">{t('office.waiting')}</p>}
      <Button type="submit" fullWidth loading={isBusy} disabled={signInKind === 'passphrase' && passphrase === ''} data-testid="sign-in-again-submit">
        {tCommon('sync.signInNeeded')}
      </Button>
    </form>
  )
}

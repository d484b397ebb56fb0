import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { signOut } from '../../app/session-actions.ts'
import { ConfirmInline } from '../../ui/confirm-inline.tsx'
import { ErrorText } from '../../ui/error-text.tsx'

/**
 * Signs out after asking. Where work is unsent, signing out is refused once and then offered at the price of that work.
 * @param onLook shows what is unsent; refusals come only where somebody has the app open
 */
export function SignOutButton({ onLook = () => undefined }: { readonly onLook?: () => void }) {
  const { t } = useTranslation('session')
  const [refusal, setRefusal] = useState<AppError | null>(null)
  const leave = async (discardsUnsent: boolean) => {
    const left = await signOut(discardsUnsent)
    if (!left.ok) setRefusal(left.error)
  }
  return (
    <>
      {refusal && <ErrorText error={refusal} testId="sign-out-error" />}
      {refusal?.code === 'session/unsent-work' ? (
        <>
          <Button variant="default" fullWidth data-testid="sign-out-look" onClick={onLook}>
            {t('signOut.look')}
          </Button>
          <Button color="red" variant="light" fullWidth data-testid="sign-out-discard" onClick={() => void leave(true)}>
            {t('signOut.discard')}
          </Button>
        </>
      ) : (
        <ConfirmInline
          label={t('signOut.action')}
          question={t('signOut.question')}
          confirmLabel={t('signOut.confirm')}
          isDanger={false}
          testId="sign-out"
          onConfirm={() => void leave(false)}
        />
      )}
    </>
  )
}

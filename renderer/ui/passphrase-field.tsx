import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface PassphraseFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | null
  readonly testId: string
  readonly label?: string // default: 'Passphrase'
  readonly autoFocus?: boolean
  readonly isNew?: boolean // tells password managers; default: the present one
}

export function PassphraseField({ value, onChange, error, testId, label, autoFocus = false, isNew = false }: PassphraseFieldProps) {
  const { t } = useTranslation('session')
  return (
    <PasswordInput
      size="md"
      label={label ?? t('signIn.passphrase')}
      value={value}
      error={error}
      autoFocus={autoFocus}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      data-testid={testId}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassphrase') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

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
  readonly size?: 'sm' | 'md'
}

export function PassphraseField({ value, onChange, error, testId, label, autoFocus = false, isNew = false, size = 'md' }: PassphraseFieldProps) {
  const { t } = useTranslation('session')
  return (
    <PasswordInput
      size={size}
      label={label ?? t('signIn.passphrase')}
      value={value}
      error={error}
      aria-invalid={error !== null} // Mantine leaves it out of this one
      autoFocus={autoFocus}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      data-testid={testId}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassphrase'), tabIndex: 0 }} // by keyboard, too: Mantine leaves it out of the order
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

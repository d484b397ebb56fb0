import { useTranslation } from 'react-i18next'
import { PassphraseField } from '../../ui/passphrase-field.tsx'

/** A laptop with a passphrase of its own whose session is over: the server asks for the one that it knows. */
export function AccountPassphrase({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation('session')
  return (
    <PassphraseField
      label={t('signIn.accountPassphrase')}
      value={value}
      onChange={onChange}
      autoFocus
      error={value === '' ? t('signIn.passphraseMissing') : null}
      testId="account-passphrase"
    />
  )
}

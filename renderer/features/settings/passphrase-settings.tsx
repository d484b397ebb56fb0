import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { bridge } from '../../bridge/window-api.ts'
import { InlineForm } from '../../ui/inline-form.tsx'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { useSaving } from '../../ui/use-saving.ts'
import { SettingRow } from './setting-row.tsx'

const SHORTEST = 15
const EMPTY = { present: '', next: '', repeated: '' }

/** What is wrong with the new passphrase, as a key of the texts; null = nothing. */
const weaknessOf = ({ present, next }: typeof EMPTY) => (next.length < SHORTEST ? 'tooShort' : next === present ? 'unchanged' : null)

function PassphraseForm({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { t } = useTranslation('settings')
  const { t: tSession } = useTranslation('session')
  const [typed, setTyped] = useState(EMPTY)
  const [hasTried, setHasTried] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const { isSaving, saveOnce } = useSaving()
  const weakness = weaknessOf(typed)
  const isDifferent = typed.repeated !== typed.next
  const save = async () => {
    setHasTried(true)
    if (typed.present === '' || weakness || isDifferent) return
    const changed = await bridge.invoke('session:change-passphrase', { present: typed.present, next: typed.next })
    if (changed.ok) return onDone()
    setError(changed.error)
    if (changed.error.code === 'session/wrong-passphrase') setTyped({ ...typed, present: '' })
  }
  const field = (name: keyof typeof EMPTY, label: string, problem: string | null) => (
    <PassphraseField
      label={label}
      value={typed[name]}
      error={hasTried ? problem : null}
      isNew={name !== 'present'}
      testId={`passphrase-${name}`}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
    />
  )
  return (
    <InlineForm
      label={t('passphrase.title')}
      error={error}
      isSaving={isSaving}
      saveLabel={t('passphrase.change')}
      testId="passphrase-form"
      onSave={() => void saveOnce(save)}
      onCancel={onCancel}
    >
      {field('present', t('passphrase.present'), typed.present === '' && error === null ? tSession('signIn.passphraseMissing') : null)}
      {field('next', t('passphrase.next'), weakness && t(`passphrase.${weakness}`))}
      {field('repeated', tSession('office.repeat'), isDifferent ? tSession('office.differ') : null)}
    </InlineForm>
  )
}

/** Another passphrase for this laptop; needs no connection. */
export function PassphraseSettings() {
  const { t } = useTranslation('settings')
  const [state, setState] = useState<'shown' | 'asked' | 'changed'>('shown')
  if (state === 'asked') return <PassphraseForm onDone={() => setState('changed')} onCancel={() => setState('shown')} />
  return (
    <SettingRow label={t('passphrase.title')} hint={t('passphrase.hint')}>
      <Button variant="default" data-testid="passphrase-change" onClick={() => setState('asked')}>
        {t('passphrase.change')}
      </Button>
      {state === 'changed' && (
        <p role="status" data-testid="passphrase-changed">
          {t('passphrase.changed')}
        </p>
      )}
    </SettingRow>
  )
}

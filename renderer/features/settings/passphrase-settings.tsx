import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPassphraseLongEnough } from '../../../shared/domain/policy/passphrase.ts'
import { bridge } from '../../bridge/window-api.ts'
import { KeyForm } from './key-form.tsx'
import { SettingRow } from './setting-row.tsx'

function PassphraseForm({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { t } = useTranslation('settings')
  const { t: tSession } = useTranslation('session')
  return (
    <KeyForm
      name="passphrase"
      label={t('passphrase.change')}
      save={({ present = '', next = '' }) => bridge.invoke('session:change-passphrase', { present, next })}
      fields={[
        { name: 'present', kind: 'present', label: t('passphrase.present') },
        {
          name: 'next',
          kind: 'new',
          label: t('passphrase.next'),
          problem: ({ present, next = '' }) => (!isPassphraseLongEnough(next) ? t('passphrase.tooShort') : next === present ? t('passphrase.unchanged') : null),
        },
        { name: 'repeated', kind: 'new', label: tSession('office.repeat'), problem: ({ next, repeated }) => (next === repeated ? null : tSession('office.differ')) },
      ]}
      onDone={onDone}
      onCancel={onCancel}
    />
  )
}

/** Another passphrase for this laptop; needs no connection. */
export function PassphraseSettings() {
  const { t } = useTranslation('settings')
  const [state, setState] = useState<'shown' | 'asked' | 'changed'>('shown')
  return (
    <>
      <SettingRow label={t('passphrase.title')} hint={t('passphrase.hint')}>
        {state !== 'asked' && (
          <Button variant="default" data-testid="passphrase-change" onClick={() => setState('asked')}>
            {t('passphrase.change')}
          </Button>
        )}
        {state === 'changed' && (
          <p role="status" data-testid="passphrase-changed">
            {t('passphrase.changed')}
          </p>
        )}
      </SettingRow>
      {state === 'asked' && <PassphraseForm onDone={() => setState('changed')} onCancel={() => setState('shown')} />}
    </>
  )
}

import { Button, TextInput } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { IpcResponse } from '../../../shared/ipc/ipc-contract.ts'
import { useAppSelector } from '../../app/store.ts'
import { bridge } from '../../bridge/window-api.ts'
import { InlineForm } from '../../ui/inline-form.tsx'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { useSaving } from '../../ui/use-saving.ts'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

const EMPTY = { firstHalf: '', secondHalf: '', present: '' }

function ConfirmKeyForm({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { t } = useTranslation('settings')
  const [typed, setTyped] = useState(EMPTY)
  const [error, setError] = useState<AppError | null>(null)
  const { isSaving, saveOnce } = useSaving()
  const save = async () => {
    if (Object.values(typed).some((text) => text.trim() === '')) return
    const answer = await bridge.invoke('recovery:confirm', typed)
    if (answer.ok) return onDone()
    setError(answer.error)
    setTyped({ ...typed, present: '' })
  }
  const half = (name: 'firstHalf' | 'secondHalf') => (
    <TextInput
      label={t(`recovery.${name}`)}
      value={typed[name]}
      maxLength={40}
      data-testid={`recovery-${name}`}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  )
  return (
    <InlineForm
      label={t('recovery.confirm')}
      error={error}
      isSaving={isSaving}
      saveLabel={t('recovery.confirm')}
      isDanger
      testId="recovery-form"
      onSave={() => void saveOnce(save)}
      onCancel={onCancel}
    >
      <p className={classes.hint}>{t('recovery.how')}</p>
      {half('firstHalf')}
      {half('secondHalf')}
      <PassphraseField label={t('passphrase.present')} value={typed.present} error={null} testId="recovery-present" onChange={(present) => setTyped({ ...typed, present })} />
    </InlineForm>
  )
}

/** To which key of the firm this laptop is sealed; another one that the server offers needs two colleagues and this person. */
export function RecoverySettings() {
  const { t } = useTranslation('settings')
  const alarm = useAppSelector((state) => state.syncStatus.error?.code)
  const [keys, setKeys] = useState<IpcResponse<'recovery:get'> | null>(null)
  const [isAsked, setIsAsked] = useState(false)
  const load = useCallback(async () => {
    const answer = await bridge.invoke('recovery:get', {})
    if (answer.ok) setKeys(answer.value)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the alarm tells that main has another answer
  useEffect(() => void load(), [load, alarm])
  const done = () => {
    setIsAsked(false)
    void load()
  }
  return (
    <>
      <SettingRow label={t('recovery.title')} hint={t(keys?.isOtherOffered ? 'recovery.changed' : 'recovery.hint')}>
        <span className={classes.mono} data-testid="recovery-fingerprint">
          {keys?.fingerprint ?? '–'}
        </span>
        {keys?.isOtherOffered && !isAsked && (
          <Button color="red" variant="light" data-testid="recovery-change" onClick={() => setIsAsked(true)}>
            {t('recovery.confirm')}
          </Button>
        )}
      </SettingRow>
      {isAsked && keys?.isOtherOffered && <ConfirmKeyForm onDone={done} onCancel={() => setIsAsked(false)} />}
    </>
  )
}

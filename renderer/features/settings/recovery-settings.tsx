import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IpcResponse } from '../../../shared/ipc/ipc-contract.ts'
import { useAppSelector } from '../../app/store.ts'
import { bridge } from '../../bridge/window-api.ts'
import { KeyForm } from './key-form.tsx'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

function ConfirmKeyForm({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <KeyForm
      name="recovery"
      label={t('recovery.confirm')}
      isDanger
      save={({ firstHalf = '', secondHalf = '', present = '' }) => bridge.invoke('recovery:confirm', { firstHalf, secondHalf, present })}
      fields={[
        { name: 'firstHalf', kind: 'open', label: t('recovery.firstHalf') },
        { name: 'secondHalf', kind: 'open', label: t('recovery.secondHalf') },
        { name: 'present', kind: 'present', label: t('passphrase.present') },
      ]}
      onDone={onDone}
      onCancel={onCancel}
    >
      <p className={classes.hint}>{t('recovery.how')}</p>
    </KeyForm>
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
  const hint = keys?.isOtherOffered ? 'changed' : keys && keys.fingerprint === null ? 'none' : 'hint'
  const done = () => {
    setIsAsked(false)
    void load()
  }
  return (
    <>
      <SettingRow label={t('recovery.title')} hint={t(`recovery.${hint}`)}>
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

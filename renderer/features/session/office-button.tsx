import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { IpcResponse } from '../../../shared/ipc/ipc-contract.ts'
import { bridge } from '../../bridge/window-api.ts'
import classes from './entry-card.module.css'

export type OfficeSignIn = IpcResponse<'session:oidc-sign-in'>

interface OfficeButtonProps {
  readonly name: string // of the office's identity provider
  readonly onSignedIn: (answer: OfficeSignIn) => void
  readonly onError: (error: AppError | null) => void
}

/** Lets the person sign in in the system's browser, where Rapport does not see their password. */
export function OfficeButton({ name, onSignedIn, onError }: OfficeButtonProps) {
  const { t } = useTranslation('session')
  const { t: tCommon } = useTranslation()
  const [isWaiting, setIsWaiting] = useState(false)
  const begin = async () => {
    setIsWaiting(true)
    onError(null)
    const answer = await bridge.invoke('session:oidc-sign-in', {})
    setIsWaiting(false)
    if (answer.ok) onSignedIn(answer.value)
    else onError(answer.error)
  }
  return (
    <>
      <Button
        variant="default"
        size="md"
        classNames={{ root: classes.office ?? '', label: classes.officeName ?? '' }}
        loading={isWaiting}
        data-testid="sign-in-office"
        onClick={() => void begin()}
      >
        {t('office.action', { name })}
      </Button>
      {isWaiting && (
        <p className={classes.hint} role="status">
          {t('office.waiting')}{' '}
          <Button variant="subtle" size="compact-sm" data-testid="sign-in-office-cancel" onClick={() => void bridge.invoke('session:oidc-cancel', {})}>
            {tCommon('action.cancel')}
          </Button>
        </p>
      )}
    </>
  )
}

/** The name of the office's identity provider, once the server has told it; null = none, or not reachable. */
export function useOfficeName(serverUrl: string): string | null {
  const [name, setName] = useState<string | null>(null)
  useEffect(() => {
    let isStale = false
    setName(null)
    if (serverUrl === '') return
    void bridge.invoke('session:methods', {}).then((answer) => {
      if (!isStale && answer.ok) setName(answer.value.oidcName)
    })
    return () => {
      isStale = true
    }
  }, [serverUrl])
  return name
}

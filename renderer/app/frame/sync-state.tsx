import { Button, Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudOff, IconDeviceLaptop, IconLogin2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors/error-codes.ts'
import { bridge } from '../../bridge/window-api.ts'
import { usePendingCount } from '../../db/use-replica.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { Tag } from '../../ui/tag.tsx'
import { navigate } from '../navigation.ts'
import { useAppSelector } from '../store.ts'
import { SignInAgain } from './sign-in-again.tsx'
import classes from './sync-state.module.css'
import { SYNC_TONES, type SyncWord, syncExplanationOf, syncWordOf } from './sync-words.ts'
import { useJustSent } from './use-just-sent.ts'
import { WaitingWork } from './waiting-work.tsx'

const ICONS: Readonly<Record<SyncWord, typeof IconCheck>> = {
  upToDate: IconCheck,
  sent: IconCheck,
  savedHere: IconDeviceLaptop,
  offline: IconCloudOff,
  offlineWithUnsent: IconCloudOff,
  signInNeeded: IconLogin2,
  clientTooOld: IconAlertTriangle,
}

/** Errors that the explanation of the connection tells already. */
const SAID_ABOVE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['sync/offline', 'session/expired'])

/** Changes on this laptop that the server has not answered: what the window knows, or main where that is more. */
function useUnsentCount(): number {
  const inMain = useAppSelector((state) => state.syncStatus.unsentCount)
  return Math.max(usePendingCount(), inMain)
}

function SyncDetails({ unsentCount }: { readonly unsentCount: number }) {
  const { t } = useTranslation()
  const status = useAppSelector((state) => state.syncStatus)
  const [isTrying, setIsTrying] = useState(false)
  const tryNow = async () => {
    setIsTrying(true)
    await bridge.invoke('sync:now', {})
    setIsTrying(false)
  }
  return (
    <div className={classes.details}>
      <p>{t(`sync.${syncExplanationOf(status.connection, unsentCount)}`)}</p>
      <dl className={classes.facts}>
        <dt>{t('sync.unsent')}</dt>
        <dd>{unsentCount}</dd>
        <dt>{t('sync.refused')}</dt>
        <dd>
          {status.refusedCount > 0 ? (
            <UnstyledButton className={classes.link ?? ''} onClick={() => navigate('attention')}>
              {status.refusedCount}
            </UnstyledButton>
          ) : (
            0
          )}
        </dd>
        <dt>{t('sync.lastContact')}</dt>
        <dd>{status.lastContactAtMs === null ? t('sync.never') : <InstantText atMs={status.lastContactAtMs} isRelative />}</dd>
      </dl>
      <WaitingWork />
      {status.error && !SAID_ABOVE.has(status.error.code) && <ErrorText error={status.error} />}
      {status.connection === 'signInNeeded' ? (
        <SignInAgain />
      ) : (
        <Button variant="default" fullWidth loading={isTrying} onClick={() => void tryNow()}>
          {t('sync.tryNow')}
        </Button>
      )}
    </div>
  )
}

/** Says in two words what is saved here, sent, or up to date; a click says more. */
export function SyncState() {
  const { t } = useTranslation()
  const connection = useAppSelector((state) => state.syncStatus.connection)
  const unsentCount = useUnsentCount()
  const word = syncWordOf(connection, unsentCount, useJustSent(unsentCount))
  const Icon = ICONS[word]
  return (
    <Popover width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.target ?? ''}
          data-testid="sync-state"
          data-connection={connection}
          data-unsent={unsentCount}
          aria-label={`${t('sync.label')}: ${t(`sync.${word}`, { count: unsentCount })}`}
        >
          <Tag tone={SYNC_TONES[word]} icon={<Icon />}>
            {t(`sync.${word}`, { count: unsentCount })}
          </Tag>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <SyncDetails unsentCount={unsentCount} />
      </Popover.Dropdown>
    </Popover>
  )
}

import { Button, Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudDownload, IconCloudOff, IconDeviceLaptop, IconLogin2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors/error-codes.ts'
import { bridge } from '../../bridge/window-api.ts'
import { useIsFetching, usePendingCount } from '../../db/use-replica.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { navigate } from '../navigation.ts'
import { useAppSelector } from '../store.ts'
import { SignInAgain } from './sign-in-again.tsx'
import classes from './sync-state.module.css'
import { SYNC_TONES, type SyncWord, syncExplanationOf, syncWordOf } from './sync-words.ts'
import { useJustSent } from './use-just-sent.ts'
import { WaitingWork } from './waiting-work.tsx'

const ICONS: Readonly<Record<SyncWord, typeof IconCheck>> = {
  upToDate: IconCheck,
  fetching: IconCloudDownload,
  sent: IconCheck,
  savedHere: IconDeviceLaptop,
  offline: IconCloudOff,
  offlineWithUnsent: IconCloudOff,
  signInNeeded: IconLogin2,
  clientTooOld: IconAlertTriangle,
}

/** Errors that the explanation of the connection tells already. */
const SAID_ABOVE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['sync/offline', 'session/expired', 'sync/client-too-old'])

/** Signing in again, which the state asks for, does not help. */
const ENDED: ReadonlySet<string> = new Set<ErrorCode>(['session/device-revoked', 'session/inactive'])

/** Changes on this laptop that the server has not answered: what the window knows, or main where that is more. */
function useUnsentCount(): number {
  const inMain = useAppSelector((state) => state.syncStatus.unsentCount)
  return Math.max(usePendingCount(), inMain)
}

interface SyncDetailsProps {
  readonly unsentCount: number
  readonly onLeave: (path: string) => void
}

/** A figure that opens what it is made of. */
function Figure({ count, isBad = false, testId, onOpen }: { readonly count: number; readonly isBad?: boolean; readonly testId: string; readonly onOpen: () => void }) {
  const format = useFormat()
  if (count === 0) return 0
  return (
    <UnstyledButton className={classes.link ?? ''} data-bad={isBad || undefined} data-testid={testId} onClick={onOpen}>
      {format.number(count)}
    </UnstyledButton>
  )
}

function SyncDetails({ unsentCount, onLeave }: SyncDetailsProps) {
  const { t } = useTranslation()
  const status = useAppSelector((state) => state.syncStatus)
  const isFetching = useIsFetching()
  const [isTrying, setIsTrying] = useState(false)
  const tryNow = async () => {
    setIsTrying(true)
    await bridge.invoke('sync:now', {})
    setIsTrying(false)
  }
  return (
    <div className={classes.details}>
      <p>{t(`sync.${ENDED.has(status.error?.code ?? '') ? 'explainEnded' : syncExplanationOf(status.connection, unsentCount, isFetching)}`)}</p>
      <dl className={classes.facts}>
        <dt>{t('sync.unsent')}</dt>
        <dd>
          <Figure count={unsentCount} testId="sync-unsent" onOpen={() => onLeave('unsent')} />
        </dd>
        <dt>{t('sync.refused')}</dt>
        <dd>
          <Figure count={status.refusedCount} isBad testId="sync-refused" onOpen={() => onLeave('attention')} />
        </dd>
        <dt>{t('sync.lastContact')}</dt>
        <dd>{status.lastContactAtMs === null ? t('sync.never') : <InstantText atMs={status.lastContactAtMs} isRelative />}</dd>
        {status.connection !== 'online' && status.leaseEndsAtMs !== null && (
          <>
            <dt>{t('sync.opensUntil')}</dt>
            <dd>
              <InstantText atMs={status.leaseEndsAtMs} />
            </dd>
          </>
        )}
      </dl>
      <WaitingWork onOpen={(id) => onLeave(`unsent/${id}`)} />
      {status.error && !SAID_ABOVE.has(status.error.code) && <ErrorText error={status.error} />}
      {status.connection === 'signInNeeded' && status.error?.code !== 'session/device-revoked' ? (
        <SignInAgain />
      ) : (
        <Button variant="default" fullWidth data-autofocus loading={isTrying} onClick={() => void tryNow()}>
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
  const word = syncWordOf(connection, unsentCount, useJustSent(unsentCount), useIsFetching())
  const Icon = ICONS[word]
  const [isOpen, setIsOpen] = useState(false)
  const leave = (path: string) => {
    setIsOpen(false)
    navigate(path)
  }
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <UnstyledButton
          className={classes.target ?? ''}
          data-testid="sync-state"
          data-connection={connection}
          data-unsent={unsentCount}
          aria-label={`${t('sync.label')}: ${t(`sync.${word}`, { count: unsentCount })}`}
          onClick={() => setIsOpen((wasOpen) => !wasOpen)}
        >
          <Tag tone={SYNC_TONES[word]} icon={<Icon />}>
            {t(`sync.${word}`, { count: unsentCount })}
          </Tag>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <SyncDetails unsentCount={unsentCount} onLeave={leave} />
      </Popover.Dropdown>
    </Popover>
  )
}

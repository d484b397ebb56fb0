import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors/error-codes.ts'
import type { ReplicaProgress } from '../../db/replica.ts'
import { useIsFetching, useReplicaProgress } from '../../db/use-replica.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useAppSelector } from '../store.ts'
import { isLeaseShort } from './lease-left.ts'
import classes from './notices.module.css'

/** What somebody may be doing to this laptop's history or keys, and what was lost of the work on it. */
const ALARMS: ReadonlySet<ErrorCode> = new Set(['sync/history-changed', 'recovery/key-changed', 'storage/journal-damaged'])

/** Records that are taken from a server close by are here before anybody has read why they are missing. */
const SHOWN_AFTER_MS = 1_000

/** The laptop will soon not open without the server any more. */
function LeaseNotice() {
  const { t } = useTranslation()
  const format = useFormat()
  const { nowMs } = useClock()
  const { connection, lastContactAtMs, leaseEndsAtMs } = useAppSelector((state) => state.syncStatus)
  if (connection === 'online' || lastContactAtMs === null || leaseEndsAtMs === null) return null
  if (!isLeaseShort(nowMs, lastContactAtMs, leaseEndsAtMs)) return null
  return (
    <Notice tone="amber" testId="lease-notice">
      {t('notice.lease', { when: format.instant(leaseEndsAtMs) })}
    </Notice>
  )
}

function wordsOf({ done, total }: ReplicaProgress, isOffline: boolean) {
  if (isOffline) return total !== null && done > 0 ? ('notice.partly' as const) : ('notice.nothingYet' as const)
  return total === null ? ('notice.anew' as const) : ('notice.anewPartly' as const)
}

function MissingRecords({ progress, isOffline }: { readonly progress: ReplicaProgress; readonly isOffline: boolean }) {
  const { t } = useTranslation()
  if (!useDelayed(SHOWN_AFTER_MS)) return null
  const { done, total } = progress
  return (
    <Notice tone="blue" testId="missing-notice">
      {t(wordsOf(progress, isOffline), { done, total: total ?? 0 })}
    </Notice>
  )
}

/**
 * Screens that show less than there is say so: a fetch that broke off, and records that are taken anew after the server was
 * restored. A first fetch of contacts that goes on has its bar.
 */
function MissingNotice() {
  const progress = useReplicaProgress()
  const isFetching = useIsFetching()
  const isOffline = useAppSelector((state) => state.syncStatus.connection !== 'online')
  return isFetching && (isOffline || progress.phase === 'pulling') && <MissingRecords progress={progress} isOffline={isOffline} />
}

/** What concerns every screen stands above it: a disk that does not take what is written, alarms, and what is missing. */
export function Notices({ isUsable }: { readonly isUsable: boolean }) {
  const storageError = useAppSelector((state) => state.storage.error)
  const alarm = useAppSelector((state) => state.syncStatus.error)
  return (
    <div className={classes.notices} data-screen-only>
      {storageError && <ErrorText error={storageError} testId="storage-error" />}
      {alarm && ALARMS.has(alarm.code) && <ErrorText error={alarm} testId="alarm" />}
      <LeaseNotice />
      {isUsable && <MissingNotice />}
    </div>
  )
}

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ScreenHeader } from '../../../ui/screen-header.tsx'
import { useReader } from '../use-reader.ts'
import { VerificationTabs } from '../verification-tabs.tsx'
import { FeedDrop } from './feed-drop.tsx'
import { FeedFileRow } from './feed-file-row.tsx'
import { listClaimsByFile, newestFirst } from './feed-results.ts'
import { listPendingUploads } from './feed-uploads.ts'
import classes from './feeds.module.css'
import { UploadRow } from './upload-row.tsx'
import type { FeedImport } from './use-feed-import.ts'
import { useFileDrop } from './use-file-drop.ts'

/** Statement files: what is coming in now, and what came of those before, newest first. */
export function FeedsTab({ feed }: { readonly feed: FeedImport }) {
  const { t } = useTranslation('verification')
  const reader = useReader()
  const mayImport = reader !== null && canRoleUse(reader.role, 'verification/import')
  const { uploads, importFiles, dismiss } = feed
  const take = mayImport ? (files: readonly File[]) => void importFiles(files) : null
  const isOver = useFileDrop(take)
  const rows = useReplica((view) => view.list('feedFiles'), [])
  const activities = useReplica((view) => view.list('accountActivities'), [])
  const cases = useReplica((view) => view.list('verificationCases'), [])
  const files = useMemo(() => newestFirst(rows), [rows])
  const claimsOf = useMemo(() => listClaimsByFile(activities, cases), [activities, cases])
  const pending = listPendingUploads(uploads, new Set(rows.map((file) => file.id)))
  const isEmpty = files.length === 0 && pending.length === 0
  return (
    <div className={classes.tab}>
      <ScreenHeader title={t('title')} actions={<VerificationTabs current="feeds" />} />
      <div className={classes.content}>
        {take ? <FeedDrop isOver={isOver} uploads={uploads} onFiles={take} /> : <p className={classes.quiet}>{t('feeds.readOnly')}</p>}
        {isEmpty && <EmptyState title={t('feeds.emptyTitle')} hint={t('feeds.emptyHint')} />}
        <ul className={classes.list} aria-label={t('feeds.label')}>
          {pending.map((upload) => (
            <UploadRow key={upload.id} upload={upload} onDismiss={() => dismiss(upload.id)} />
          ))}
          {files.map((file) => (
            <FeedFileRow key={file.id} file={file} claimIds={claimsOf.get(file.id) ?? []} />
          ))}
        </ul>
      </div>
    </div>
  )
}

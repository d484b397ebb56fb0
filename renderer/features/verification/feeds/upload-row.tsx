import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorText } from '../../../ui/error-text.tsx'
import { Tag } from '../../../ui/tag.tsx'
import type { FeedUpload } from './feed-uploads.ts'
import classes from './feeds.module.css'

/** A file on its way into the list, or why it did not get there. */
export function UploadRow({ upload, onDismiss }: { readonly upload: FeedUpload; readonly onDismiss: () => void }) {
  const { t } = useTranslation('verification')
  const isFailed = upload.step === 'failed'
  return (
    <li className={classes.row} data-testid="feed-row" data-state={upload.step}>
      <div className={classes.rowHead}>
        <span className={classes.name}>{upload.name}</span>
        <Tag tone={isFailed ? 'red' : 'grey'}>{t(`feeds.step.${upload.step}`)}</Tag>
        {isFailed && <CloseButton size="sm" className={classes.end} aria-label={t('feeds.dismiss', { name: upload.name })} onClick={onDismiss} />}
      </div>
      {upload.error && <ErrorText error={upload.error} />}
    </li>
  )
}

import { Button, Progress } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedUpload } from './feed-uploads.ts'
import classes from './feeds.module.css'

interface FeedDropProps {
  readonly isOver: boolean
  readonly uploads: readonly FeedUpload[]
  readonly onFiles: (files: readonly File[]) => void
}

/** Where files land, with a button for those who do not drag. */
export function FeedDrop({ isOver, uploads, onFiles }: FeedDropProps) {
  const { t } = useTranslation('verification')
  const input = useRef<HTMLInputElement>(null)
  const done = uploads.filter((upload) => upload.step === 'sent' || upload.step === 'failed').length
  const progress = t('feeds.importing', { done, total: uploads.length })
  return (
    <div className={classes.drop} data-testid="feed-drop" data-over={isOver || undefined}>
      <IconFileImport size={24} aria-hidden />
      <div>
        <p className={classes.dropTitle}>{t(isOver ? 'feeds.dropNow' : 'feeds.dropTitle')}</p>
        <p className={classes.quiet}>{t('feeds.dropHint')}</p>
        {done < uploads.length && (
          <div role="status">
            {progress}
            <Progress size="xs" value={(100 * done) / uploads.length} aria-label={progress} />
          </div>
        )}
      </div>
      <Button variant="default" onClick={() => input.current?.click()}>
        {t('feeds.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('feeds.choose')}
        data-testid="feed-input"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </div>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './timeline.module.css'

const LONG_CHARS = 260
const LONG_LINES = 3

/** A note; long ones show their beginning. */
export function EntryNote({ note }: { readonly note: string }) {
  const { t } = useTranslation('households')
  const [isWhole, setIsWhole] = useState(false)
  if (note === '') return null
  const isLong = note.length > LONG_CHARS || note.split('\n').length > LONG_LINES
  return (
    <>
      <p className={classes.note} data-clamped={(isLong && !isWhole) || undefined}>
        {note}
      </p>
      {isLong && (
        <button type="button" className={classes.more} aria-expanded={isWhole} onClick={() => setIsWhole((whole) => !whole)}>
          {isWhole ? t('timeline.lessNote') : t('timeline.moreNote')}
        </button>
      )}
    </>
  )
}

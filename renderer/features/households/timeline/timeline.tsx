import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { useEntriesState, useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { LoadingState } from '../../../ui/loading-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useIsPrinting } from '../../../ui/use-is-printing.ts'
import classes from './timeline.module.css'
import { TimelineEntry } from './timeline-entry.tsx'

/** So many at first, so that people and accounts below stay near. */
const NEWEST_COUNT = 8
const ESTIMATED_PX = 92

interface TimelineProps {
  readonly householdId: string
  readonly self: Colleague
  readonly scroller: HTMLElement | null // the page that scrolls; null before it stands
}

/** A household's contacts, newest first. */
export function Timeline({ householdId, self, scroller }: TimelineProps) {
  const { t } = useTranslation('households')
  const entries = useReplica((view) => view.listByHousehold('contactEntries', householdId), [householdId])
  const newestFirst = useMemo(() => entries.toSorted((a, b) => b.occurredAtMs - a.occurredAtMs || b.recordedAtMs - a.recordedAtMs), [entries])
  const isHere = useEntriesState() === 'whole'
  const [isWhole, setIsWhole] = useState(false)
  const isPrinting = useIsPrinting()
  const shown = isWhole || isPrinting ? newestFirst : newestFirst.slice(0, NEWEST_COUNT)
  const hasMore = newestFirst.length > NEWEST_COUNT
  return (
    <Section title={t('timeline.title')} testId="timeline" {...(entries.length > 0 ? { count: entries.length } : {})}>
      {!isHere && <LoadingState />}
      {isHere && entries.length === 0 && <EmptyState isCompact title={t('timeline.empty')} />}
      <VirtualEntries entries={shown} self={self} scroller={scroller} />
      {hasMore && (
        <Button variant="subtle" color="gray" data-testid="timeline-show-all" onClick={() => setIsWhole((whole) => !whole)}>
          {isWhole ? t('timeline.showLess') : t('timeline.showAll', { count: newestFirst.length })}
        </Button>
      )}
    </Section>
  )
}

/** Only the entries in sight exist, and on paper all; their heights are measured, because notes differ. */
function VirtualEntries({ entries, self, scroller }: { readonly entries: readonly ContactEntry[]; readonly self: Colleague; readonly scroller: HTMLElement | null }) {
  const { t } = useTranslation('households')
  const list = useRef<HTMLOListElement>(null)
  const [offset, setOffset] = useState(0)
  const isPrinting = useIsPrinting()
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller,
    estimateSize: () => ESTIMATED_PX,
    overscan: 6,
    scrollMargin: offset,
    getItemKey: (index) => entries[index]?.id ?? index,
  })
  useLayoutEffect(() => {
    if (!list.current || !scroller) return
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
    setOffset((known) => (Math.abs(known - top) > 1 ? top : known))
  })
  const inSight = isPrinting ? entries.map(({ id }, index) => ({ key: id, index, start: offset })) : virtualizer.getVirtualItems()
  return (
    <ol ref={list} className={classes.list} {...(isPrinting ? {} : { style: { height: virtualizer.getTotalSize() } })} aria-label={t('timeline.title')}>
      {inSight.map((item) => {
        const entry = entries[item.index]
        return (
          entry && (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes.item}
              {...(isPrinting ? {} : { style: { transform: `translateY(${item.start - offset}px)` } })}
            >
              <TimelineEntry entry={entry} self={self} />
            </li>
          )
        )
      })}
    </ol>
  )
}

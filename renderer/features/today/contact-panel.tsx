import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadenceState } from '../../../shared/domain/cadence/cadence.ts'
import { navigate } from '../../app/navigation.ts'
import { useCadenceOf } from '../../cadence/household-cadence.ts'
import { useEntriesState, useIsFetching, useReplica } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { useScreenKeys } from '../../ui/screen-keys.ts'
import { Tag, type TagTone } from '../../ui/tag.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { bookOf, type ContactFilter, type ContactRow, filterContacts, listContacts } from './contact-list.ts'
import classes from './today.module.css'

const TONES: Partial<Record<CadenceState, TagTone>> = { overdue: 'red', due: 'amber', nearLimit: 'violetOutline', overLimit: 'violet' }

function CadenceTag({ cadence }: { readonly cadence: ContactRow['cadence'] }) {
  const { t } = useTranslation('today')
  const text = { overdue: t('contacts.overdue'), due: t('contacts.due'), nearLimit: t('contacts.limit'), overLimit: t('contacts.limitReached') } as Partial<
    Record<CadenceState, string>
  >
  return <Tag tone={TONES[cadence.state] ?? 'grey'}>{text[cadence.state]}</Tag>
}

/** Why the household is listed: when it was last touched and since when it waits, or how much it was contacted. */
function Reason({ cadence }: { readonly cadence: ContactRow['cadence'] }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const isLimit = cadence.state === 'nearLimit' || cadence.state === 'overLimit'
  const last = cadence.lastTouchOn === null ? t('contacts.never') : t('contacts.lastTouch', { day: format.day(cadence.lastTouchOn) })
  const why = isLimit
    ? t('contacts.burden', { count: cadence.burden30, max: cadence.maxIn30 })
    : cadence.lastTouchOn && t('contacts.dueSince', { when: format.relativeDay(cadence.dueOn) })
  return <p className={classes.meta}>{[why, last].filter(Boolean).join(' · ')}</p>
}

function Row({ row }: { readonly row: ContactRow }) {
  const { t } = useTranslation('today')
  return (
    <>
      <div className={classes.lines}>
        <p className={classes.name}>{row.household.name}</p>
        <Reason cadence={row.cadence} />
      </div>
      <Button
        className={classes.rowAction ?? ''}
        variant="default"
        size="compact-xs"
        tabIndex={-1}
        aria-label={`${t('contacts.log')}: ${row.household.name}`}
        onClick={(event) => {
          event.stopPropagation()
          navigate(`log/${row.household.id}`)
        }}
      >
        {t('contacts.log')}
      </Button>
      <CadenceTag cadence={row.cadence} />
    </>
  )
}

function useContactRows(selfId: string) {
  const cadenceOf = useCadenceOf()
  const { todayOn } = useClock()
  const book = useReplica((view) => bookOf(view, selfId, todayOn), [selfId, todayOn])
  const rows = useReplica((view) => listContacts(view, book, todayOn, cadenceOf), [book, todayOn, cadenceOf])
  return { rows, hasBook: book.length > 0 }
}

/** Whom to contact: the person's own book, the most urgent first. Without the contacts of the past that cannot be said. */
export function ContactPanel({ selfId }: { readonly selfId: string }) {
  return useEntriesState() === 'partial' ? <LoadingState /> : <KnownContacts selfId={selfId} />
}

function KnownContacts({ selfId }: { readonly selfId: string }) {
  const { t } = useTranslation('today')
  const rowHeight = useRowHeight() + 16
  const { rows, hasBook } = useContactRows(selfId)
  const [filter, setFilter] = useState<ContactFilter>('all')
  const [selected, setSelected] = useState<string | null>(null)
  const shown = filterContacts(rows, filter)
  const marked = shown.find((row) => row.household.id === selected)?.household.id // of what the filter hides nothing is logged
  useHotkeys([['L', () => marked !== undefined && navigate(`log/${marked}`)]])
  useScreenKeys([{ keys: 'L', label: t('contacts.logSelected') }])
  const options = (['all', 'overdue', 'due', 'limit'] as const).map((value) => ({ value, label: t(`contacts.${value}`), count: filterContacts(rows, value).length }))
  const isFetching = useIsFetching()
  const why = hasBook ? 'empty' : isFetching ? 'notHere' : 'noBook'
  const empty = <EmptyState icon={<IconUserCheck size={32} stroke={1.5} />} title={t(`contacts.${why}Title`)} hint={t(`contacts.${why}Hint`)} />
  return (
    <section className={classes.contacts} aria-label={t('contacts.title')}>
      <header className={classes.contactsHead}>
        <h2 className={classes.title}>{t('contacts.title')}</h2>
        <FilterChips label={t('contacts.filter')} options={options} value={filter} onChange={setFilter} />
      </header>
      <VirtualRows
        rows={shown}
        rowHeight={rowHeight}
        getKey={(row) => row.household.id}
        renderRow={(row) => <Row row={row} />}
        selectedKey={selected}
        onSelect={(row) => setSelected(row.household.id)}
        onOpen={(row) => navigate(`households/${row.household.id}`)}
        label={t('contacts.label')}
        emptyState={empty}
        testId="today-contact-list"
      />
    </section>
  )
}

import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import classes from './attention.module.css'

interface Words {
  readonly title: string
  readonly hint: string
}

interface CommandScreenProps<T> {
  readonly path: 'attention' | 'unsent' // routes: this, and '<path>/<command id>'
  readonly words: Words
  readonly listLabel: string
  readonly items: readonly T[]
  readonly none: Words // there are no items
  readonly gone: Words // the one that the route names is not among them any more
  readonly renderRow: (item: T) => ReactNode
  readonly renderPane: (item: T) => ReactNode
}

/** Commands in a list, and the chosen one beside it: the first where none is chosen. */
export function CommandScreen<T extends { readonly id: string }>({ path, words, listLabel, items, none, gone, renderRow, renderPane }: CommandScreenProps<T>) {
  const rowHeight = useRowHeight() + 16
  const chosenId = useRoute().segments[1]
  const shown = chosenId === undefined ? items[0] : items.find(({ id }) => id === chosenId)
  const testId = `${path}-screen`
  if (items.length === 0) {
    return (
      <div className={classes.screen} data-testid={testId}>
        <ScreenHeader title={words.title} />
        <Nothing {...none} />
      </div>
    )
  }
  const list = (
    <>
      <ScreenHeader title={words.title} count={items.length}>
        <p className={classes.hint}>{words.hint}</p>
      </ScreenHeader>
      <VirtualRows
        rows={items}
        rowHeight={rowHeight}
        getKey={({ id }) => id}
        renderRow={renderRow}
        selectedKey={shown?.id ?? null}
        onSelect={({ id }) => navigate(`${path}/${id}`, { replace: chosenId !== undefined })}
        label={listLabel}
        rowTestId={`${path}-item`}
      />
    </>
  )
  return (
    <div className={classes.screen} data-testid={testId}>
      <ListPane list={list} pane={shown ? renderPane(shown) : <Nothing {...gone} />} isPaneOpen={chosenId !== undefined} onClosePane={() => navigate(path)} />
      <KeptFocus of={shown?.id ?? ''} />
    </div>
  )
}

const Nothing = (words: Words) => <EmptyState icon={<IconCircleCheck size={32} stroke={1.5} />} {...words} />

interface CommandRowProps {
  readonly icon: ReactNode
  readonly name: string
  readonly meta: string | null
  readonly madeAtMs: number
}

/** What it is about and where it stands, in two lines, and since when. */
export function CommandRow({ icon, name, meta, madeAtMs }: CommandRowProps) {
  return (
    <>
      {icon}
      <div className={classes.lines}>
        <p className={classes.name}>{name}</p>
        <p className={classes.meta}>{meta}</p>
      </div>
      <span className={classes.when}>
        <InstantText atMs={madeAtMs} isRelative />
      </span>
    </>
  )
}

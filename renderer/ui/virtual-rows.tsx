import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ClipboardEvent, type CSSProperties, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { useRowHeight } from './density.ts'
import { rowAfterKey } from './row-keys.ts'
import { sheetText } from './sheet-text.ts'
import { useIsPrinting } from './use-is-printing.ts'
import classes from './virtual-rows.module.css'

interface VirtualRowsProps<T> {
  readonly rows: readonly T[]
  readonly rowHeight?: number // pixels; default: one line in the person's density
  readonly getKey: (row: T) => string
  readonly renderRow: (row: T) => ReactNode
  readonly selectedKey?: string | null
  readonly onSelect: (row: T) => void
  readonly onOpen?: (row: T) => void // Enter or double click
  readonly onToggle?: (row: T) => void // Space
  readonly cellsOf?: (row: T) => readonly string[] // what copying a row brings, column by column
  readonly label: string
  readonly emptyState?: ReactNode
  readonly testId?: string
  readonly rowTestId?: string
}

/** A list of any length: only the rows in sight exist, and on paper all. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const defaultHeight = useRowHeight()
  if (props.rows.length > 0) return <Grid {...props} rowHeight={props.rowHeight ?? defaultHeight} />
  return (
    <div className={classes.empty} data-testid={props.testId}>
      {props.emptyState}
    </div>
  )
}

/**
 * The grid itself holds the focus and names the selected row as its active descendant, so that scrolling never loses the
 * focus. Keys it does not know bubble up to the screen, which may filter.
 */
function Grid<T>(props: VirtualRowsProps<T> & { readonly rowHeight: number }) {
  const { rows, rowHeight, getKey, selectedKey = null } = props
  const baseId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const selectedIndex = selectedKey === null ? -1 : rows.findIndex((row) => getKey(row) === selectedKey)
  const virtualizer = useRowsInSight({ rows, rowHeight, getKey, scroller, selectedIndex })
  const isPrinting = useIsPrinting()
  const shown = isPrinting ? rows.map((row, index) => ({ key: getKey(row), index, start: index * rowHeight })) : virtualizer.getVirtualItems()

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    const current = rows[selectedIndex]
    if (event.key === 'Enter' && current !== undefined) props.onOpen?.(current)
    else if (event.key === ' ' && current !== undefined && props.onToggle) props.onToggle(current)
    else {
      const pageRows = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1)
      const target = rowAfterKey(event.key, selectedIndex, rows.length, pageRows)
      const row = target === null ? undefined : rows[target]
      if (row === undefined) return
      props.onSelect(row)
    }
    event.preventDefault()
  }

  const onCopy = (event: ClipboardEvent<HTMLDivElement>) => {
    const copied = rowsToCopy(event.currentTarget, rows, rows[selectedIndex])
    if (!props.cellsOf || copied.length === 0) return
    event.clipboardData.setData('text/plain', sheetText(copied.map(props.cellsOf)))
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot place its rows by offset
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length}
      aria-activedescendant={selectedIndex >= 0 ? `${baseId}-${selectedIndex}` : undefined}
      data-testid={props.testId}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      <div role="rowgroup" className={classes.body} style={isPrinting ? {} : { height: virtualizer.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const style = isPrinting ? {} : { height: rowHeight, transform: `translateY(${start}px)` }
          const place = { id: `${baseId}-${index}`, index, style, isSelected: index === selectedIndex }
          return (
            <GridRow key={key} {...place} testId={props.rowTestId} onSelect={() => props.onSelect(row)} onOpen={() => props.onOpen?.(row)}>
              {props.renderRow(row)}
            </GridRow>
          )
        })}
      </div>
    </div>
  )
}

/** The rows over which text is marked, or else the chosen one. A few words of one row are copied as they stand: none. */
function rowsToCopy<T>(grid: HTMLElement, rows: readonly T[], selected: T | undefined): readonly T[] {
  const marked = document.getSelection()
  if (!marked || marked.isCollapsed) return selected === undefined ? [] : [selected]
  const touched = [...grid.querySelectorAll('[role=row]')].filter((element) => marked.containsNode(element, true))
  return touched.length < 2 ? [] : touched.flatMap((element) => rows[Number(element.ariaRowIndex) - 1] ?? [])
}

interface RowsInSight<T> extends Pick<VirtualRowsProps<T>, 'rows' | 'getKey'> {
  readonly rowHeight: number
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly selectedIndex: number // -1 = none
}

/** Which rows exist now and where they lie; the selected one is brought into sight. */
function useRowsInSight<T>({ rows, getKey, rowHeight, scroller, selectedIndex }: RowsInSight<T>): Virtualizer<HTMLDivElement, Element> {
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : getKey(row)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height makes all measured offsets stale
  useEffect(() => virtualizer.measure(), [rowHeight])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])
  return virtualizer
}

interface GridRowProps {
  readonly id: string
  readonly index: number
  readonly style: CSSProperties // where it lies
  readonly isSelected: boolean
  readonly testId: string | undefined
  readonly onSelect: () => void
  readonly onOpen: () => void
  readonly children: ReactNode
}

function GridRow({ id, index, style, isSelected, testId, onSelect, onOpen, children }: GridRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the grid takes keys and focus for its rows
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      className={classes.row}
      style={style}
      data-testid={testId}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the grid */}
      <div role="gridcell" className={classes.cell}>
        {children}
      </div>
    </div>
  )
}

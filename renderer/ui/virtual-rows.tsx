import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useRowHeight } from './density.ts'
import { rowAfterKey } from './row-keys.ts'
import classes from './virtual-rows.module.css'

interface VirtualRowsProps<T> {
  readonly rows: readonly T[]
  readonly rowHeight?: number // pixels; default: one line in the person's density
  readonly getKey: (row: T) => string
  readonly renderRow: (row: T, state: { readonly isSelected: boolean; readonly index: number }) => ReactNode
  readonly selectedKey?: string | null
  readonly onSelect: (row: T) => void
  readonly onOpen?: (row: T) => void // Enter or double click
  readonly onToggle?: (row: T) => void // Space
  readonly label: string
  readonly emptyState?: ReactNode
  readonly testId?: string
  readonly rowTestId?: string
}

/**
 * A list of any length: only the rows in sight exist. The grid itself holds the focus and names the selected row as its
 * active descendant, so that scrolling never loses the focus. Keys it does not know bubble up to the screen, which may filter.
 */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { rows, getKey, selectedKey = null, emptyState } = props
  const defaultHeight = useRowHeight()
  const rowHeight = props.rowHeight ?? defaultHeight
  const baseId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const selectedIndex = selectedKey === null ? -1 : rows.findIndex((row) => getKey(row) === selectedKey)
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

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    const current = rows[selectedIndex]
    if (event.key === 'Enter' && current !== undefined) props.onOpen?.(current)
    else if (event.key === ' ' && current !== undefined && props.onToggle) props.onToggle(current)
    else {
      const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
      const target = rowAfterKey(event.key, selectedIndex, rows.length, pageRows)
      const row = target === null ? undefined : rows[target]
      if (row === undefined) return
      props.onSelect(row)
    }
    event.preventDefault()
  }

  if (rows.length === 0) {
    return (
      <div className={classes.empty} data-testid={props.testId}>
        {emptyState}
      </div>
    )
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
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          const isSelected = item.index === selectedIndex
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the grid takes keys and focus for its rows
            <div
              key={item.key}
              id={`${baseId}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 1}
              aria-selected={isSelected}
              className={classes.row}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
              data-testid={props.rowTestId}
              onClick={() => props.onSelect(row)}
              onDoubleClick={() => props.onOpen?.(row)}
            >
              {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the grid */}
              <div role="gridcell" className={classes.cell}>
                {props.renderRow(row, { isSelected, index: item.index })}
              </div>
            </div>
          )
        })}
      </div>
    </div>
  )
}

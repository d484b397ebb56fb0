import type { ReactNode } from 'react'
import classes from './filter-chips.module.css'
import { useFormat } from './use-format.ts'

export interface FilterOption<V extends string> {
  readonly value: V
  readonly label: ReactNode
  readonly count?: number
  readonly testId?: string
}

interface FilterChipsProps<V extends string> {
  readonly options: readonly FilterOption<V>[]
  readonly value: V
  readonly onChange: (value: V) => void
  readonly label: string
}

/** One choice out of a few, as toggle buttons in a row. */
export function FilterChips<V extends string>({ options, value, onChange, label }: FilterChipsProps<V>) {
  const format = useFormat()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend to a tool bar
    <div className={classes.chips} role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" className={classes.chip} aria-pressed={option.value === value} data-testid={option.testId} onClick={() => onChange(option.value)}>
          {option.label}
          {option.count !== undefined && <span className={classes.count}>{format.number(option.count)}</span>}
        </button>
      ))}
    </div>
  )
}

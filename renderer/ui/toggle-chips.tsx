import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import classes from './toggle-chips.module.css'

export interface ToggleChip {
  readonly value: string
  readonly label: string
  readonly hint?: string // quiet, after the label
  readonly testId?: string
}

interface ToggleChipsProps {
  readonly label: string
  readonly chips: readonly ToggleChip[]
  readonly values: readonly string[]
  readonly onToggle: (value: string) => void
  readonly children?: ReactNode // what stands after the last chip
}

/** Any number out of a few: one tab stop; arrows move, Space or Enter toggles. */
export function ToggleChips({ label, chips, values, onToggle, children }: ToggleChipsProps) {
  const group = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const move = (index: number) => {
    const next = (index + chips.length) % chips.length
    setCurrent(next)
    group.current?.querySelectorAll<HTMLButtonElement>('button[aria-pressed]')[next]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.hasAttribute('aria-pressed')) return
    if (event.key === 'ArrowRight') move(current + 1)
    else if (event.key === 'ArrowLeft') move(current - 1)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame
    <div ref={group} className={classes.chips} role="group" aria-label={label} onKeyDown={onKeyDown}>
      {chips.map((chip, index) => (
        <button
          key={chip.value}
          type="button"
          className={classes.chip}
          aria-pressed={values.includes(chip.value)}
          tabIndex={index === Math.min(current, chips.length - 1) ? 0 : -1}
          data-testid={chip.testId}
          onFocus={() => setCurrent(index)}
          onClick={() => onToggle(chip.value)}
        >
          {values.includes(chip.value) && <IconCheck size={13} aria-hidden />}
          <span className={classes.label}>{chip.label}</span>
          {chip.hint && <span className={classes.hint}>{chip.hint}</span>}
        </button>
      ))}
      {children}
    </div>
  )
}

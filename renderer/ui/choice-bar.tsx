import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import classes from './choice-bar.module.css'

export interface Choice<V extends string> {
  readonly value: V
  readonly label: ReactNode
  readonly icon?: ReactNode
  readonly testId?: string
}

interface ChoiceBarProps<V extends string> {
  readonly label: string
  readonly choices: readonly Choice<V>[]
  readonly value: V | null // null = none chosen yet
  readonly onChange: (value: V) => void
  readonly isLabelHidden?: boolean
}

/** One choice out of a few, side by side: one tab stop; arrows and the digits 1, 2, 3 … choose. */
export function ChoiceBar<V extends string>({ label, choices, value, onChange, isLabelHidden = false }: ChoiceBarProps<V>) {
  const bar = useRef<HTMLDivElement>(null)
  const chosen = choices.findIndex((c) => c.value === value)
  const choose = (index: number) => {
    const choice = choices[(index + choices.length) % choices.length]
    if (!choice) return
    onChange(choice.value)
    bar.current?.querySelectorAll<HTMLButtonElement>('[role=radio]')[choices.indexOf(choice)]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') choose(chosen === -1 ? 0 : chosen - 1)
    else if (digit >= 0 && digit < choices.length) choose(digit)
    else return
    event.preventDefault()
  }
  return (
    <div>
      {!isLabelHidden && <div className={classes.label}>{label}</div>}
      <div ref={bar} className={classes.bar} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a button carries icon and label; the group moves the focus
          <button
            key={choice.value}
            type="button"
            role="radio"
            aria-checked={index === chosen}
            tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
            className={classes.choice}
            data-testid={choice.testId}
            onClick={() => onChange(choice.value)}
          >
            {choice.icon && (
              <span className={classes.icon} aria-hidden>
                {choice.icon}
              </span>
            )}
            {choice.label}
          </button>
        ))}
      </div>
    </div>
  )
}

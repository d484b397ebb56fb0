import { TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import { type Lean, parseDay } from '../../shared/lib/parse-day.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { markUnclear } from './unclear-field.ts'
import { useClock } from './use-clock.ts'
import { useFormat } from './use-format.ts'

interface DayInputProps {
  readonly label: ReactNode
  readonly value: LocalDate | null
  readonly onChange: (value: LocalDate | null) => void // null: empty, or not understood
  readonly error?: ReactNode
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly testId?: string
  readonly size?: 'xs' | 'sm'
  readonly lean?: Lean // 'ahead' where a day is due or expected; otherwise the nearest one is meant
}

/** A day in natural words ('fri', 'in 2 weeks', '12 nov'); below the field stands what was understood. */
export function DayInput({ label, value, onChange, error, placeholder, isRequired, isDisabled, autoFocus, testId, size = 'sm', lean = 'nearest' }: DayInputProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const format = useFormat()
  const { todayOn } = useClock()
  const [text, setText] = useState(value === null ? '' : format.day(value))
  const understood = text.trim() === '' ? null : text === (value && format.day(value)) ? value : parseDay(text, todayOn, language, lean)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value from outside may replace what is being typed
  useEffect(() => {
    if (value !== null && value !== understood) setText(format.day(value))
    if (value === null && understood !== null) setText('')
  }, [value])

  const isUnclear = text.trim() !== '' && understood === null
  return (
    <TextInput
      size={size}
      label={label}
      value={text}
      placeholder={placeholder ?? t('day.placeholder')}
      description={understood === null ? undefined : `${format.dayLong(understood)} · ${format.relativeDay(understood)}`}
      error={error ?? (isUnclear ? t('day.notUnderstood') : undefined)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      withAsterisk={isRequired ?? false}
      disabled={isDisabled ?? false}
      autoFocus={autoFocus ?? false}
      data-testid={testId}
      {...markUnclear(isUnclear)}
      onChange={(event) => {
        const next = event.currentTarget.value
        setText(next)
        onChange(next.trim() === '' ? null : parseDay(next, todayOn, language, lean))
      }}
    />
  )
}

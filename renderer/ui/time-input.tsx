import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ClockTime, parseClockTime } from '../../shared/lib/zoned-time.ts'
import { markUnclear } from './unclear-field.ts'

interface TimeInputProps {
  readonly label: ReactNode
  readonly value: ClockTime | null
  readonly onChange: (value: ClockTime | null) => void // null: empty, or not understood
  readonly error?: ReactNode
  readonly size?: 'xs' | 'sm'
  readonly testId?: string
}

/** A time of day in 24 hours, typed as '9', '9:30', '14.30' or '1430'; shown as '09:30' when left. */
export function TimeInput({ label, value, onChange, error, size = 'sm', testId }: TimeInputProps) {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null) // null = shows the value
  const isUnclear = text !== null && text.trim() !== '' && parseClockTime(text) === null
  return (
    <TextInput
      size={size}
      w={110}
      label={label}
      value={text ?? value ?? ''}
      placeholder="09:00"
      inputMode="numeric"
      error={error ?? (isUnclear ? t('time.notUnderstood') : undefined)}
      data-testid={testId}
      {...markUnclear(isUnclear)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(parseClockTime(event.currentTarget.value))
      }}
      onBlur={() => !isUnclear && setText(null)}
    />
  )
}

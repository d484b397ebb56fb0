import { TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseAmount } from '../../shared/lib/parse-amount.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { markUnclear } from './unclear-field.ts'
import { useFormat } from './use-format.ts'

interface AmountInputProps {
  readonly label: ReactNode
  readonly valueMinor: number | null
  readonly currency: string
  readonly onChange: (valueMinor: number | null) => void // null: empty, or not understood
  readonly onCurrencyChange?: (currency: string) => void // a currency was typed; without it the currency is fixed
  readonly error?: ReactNode
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly testId?: string
  readonly size?: 'xs' | 'sm'
}

/** An amount in natural words ('2m', '2 Mio', '2 M Ft'); below the field stands what was understood. */
export function AmountInput(props: AmountInputProps) {
  const { label, valueMinor, currency, onChange, onCurrencyChange, error, placeholder, isRequired, isDisabled, autoFocus, testId, size = 'sm' } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const format = useFormat()
  const read = (typed: string) => {
    const parsed = parseAmount(typed, currency, language)
    return parsed && (onCurrencyChange || parsed.currency === currency) ? parsed : null
  }
  const [text, setText] = useState(valueMinor === null ? '' : format.money(valueMinor, currency))
  const understood = text.trim() === '' ? null : read(text)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value from outside may replace what is being typed
  useEffect(() => {
    if (valueMinor !== null && valueMinor !== understood?.amountMinor) setText(format.money(valueMinor, currency))
    if (valueMinor === null && understood !== null) setText('')
  }, [valueMinor])

  const valueBefore = useRef(valueMinor)
  // What is shown is what is saved: where another field changes the currency, the text says so.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a currency from outside, for the same amount, is weighed against the text
  useEffect(() => {
    if (understood === null || valueMinor === null || valueBefore.current !== valueMinor) return
    if (understood.currency === currency) {
      if (understood.amountMinor !== valueMinor) onChange(understood.amountMinor)
    } else if (/^[A-Z]{3}$/.test(currency)) setText(format.money(valueMinor, currency))
  }, [currency])
  useEffect(() => {
    valueBefore.current = valueMinor
  })

  const isUnclear = text.trim() !== '' && understood === null
  const reading = understood && format.money(understood.amountMinor, understood.currency)
  return (
    <TextInput
      size={size}
      label={label}
      value={text}
      placeholder={placeholder ?? t('amount.placeholder')}
      description={reading === text ? undefined : reading}
      error={error ?? (isUnclear ? t('amount.notUnderstood') : undefined)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      withAsterisk={isRequired ?? false}
      disabled={isDisabled ?? false}
      autoFocus={autoFocus ?? false}
      data-testid={testId}
      {...markUnclear(isUnclear)}
      onChange={(event) => {
        const next = event.currentTarget.value
        setText(next)
        const parsed = next.trim() === '' ? null : read(next)
        if (parsed && parsed.currency !== currency) onCurrencyChange?.(parsed.currency)
        onChange(parsed?.amountMinor ?? null)
      }}
    />
  )
}

import { useTranslation } from 'react-i18next'
import type { AppError, ErrorCode } from '../../shared/errors/error-codes.ts'
import { localeOf } from '../i18n/languages.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { formatMoney } from './format-money.ts'

/** A param `missingMinor` beside `currency` becomes the written amount `missing`. */
function writeAmounts(params: AppError['params'], locale: string): AppError['params'] {
  const { currency } = params
  if (typeof currency !== 'string') return params
  const amounts = Object.entries(params).filter(([name, value]) => name.endsWith('Minor') && typeof value === 'number')
  return { ...params, ...Object.fromEntries(amounts.map(([name, minor]) => [name.slice(0, -'Minor'.length), formatMoney(Number(minor), currency, locale)])) }
}

/** What happened and what to do, in the language on the screen. */
export function useErrorText(): (error: AppError) => string {
  const { t } = useTranslation('errors')
  const locale = localeOf(useLanguage())
  const write = t as (code: ErrorCode, params: AppError['params']) => string // which placeholders a code has is not in its type
  return (error) => write(error.code, writeAmounts(error.params, locale))
}

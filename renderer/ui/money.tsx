import { localeOf } from '../i18n/languages.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { moneyParts } from './format-money.ts'
import classes from './money.module.css'

/** An amount with tabular figures and a quiet currency. `minor`: minor units. */
export function Money({ minor, currency }: { readonly minor: number; readonly currency: string }) {
  const parts = moneyParts(minor, currency, localeOf(useLanguage()))
  const code = <span className={classes.currency}>{parts.currency}</span>
  return (
    <span className={classes.money}>
      {parts.isCurrencyFirst && <>{code}&nbsp;</>}
      {parts.figure}
      {!parts.isCurrencyFirst && <>&nbsp;{code}</>}
    </span>
  )
}

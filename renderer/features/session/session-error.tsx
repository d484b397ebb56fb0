import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { localeOf } from '../../i18n/languages.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'

/** So many wrong passphrases before the keys go, a person has to know of it. */
const TOLD_FROM = 5

/** Why nobody was let in, with what the person needs for the next try: how many are left, or when it is taken. */
export function SessionError({ error, testId }: { readonly error: AppError; readonly testId: string }) {
  const { t } = useTranslation('session')
  const locale = localeOf(useLanguage())
  const errorText = useErrorText()
  const { left, retryAfterSeconds } = error.params
  // biome-ignore lint/correctness/useExhaustiveDependencies: from when the answer came, not from each rendering on
  const againAtMs = useMemo(() => (typeof retryAfterSeconds === 'number' ? Date.now() + 1_000 * retryAfterSeconds : null), [error])
  const said = [
    error.code === 'sync/offline' ? t('signIn.offline') : errorText(error),
    typeof left === 'number' && left <= TOLD_FROM && t('unlock.left', { count: left }),
    againAtMs !== null && t('unlock.againAt', { time: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(againAtMs) }),
  ]
  return <ErrorText error={error} testId={testId} text={said.filter(Boolean).join(' ')} />
}

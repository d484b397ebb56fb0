import { useTranslation } from 'react-i18next'
import type { CaseProposal } from '../../../../shared/domain/verification/verification-case.ts'
import { localeOf } from '../../../i18n/languages.ts'
import { useLanguage } from '../../../i18n/use-language.ts'
import { useFormat } from '../../../ui/use-format.ts'
import type { BankLine } from './bank-lines.ts'

/** A reason in words for a proposal in which everything agrees; '' without one. The controller may change it. */
export function useSuggestedReason(proposal: CaseProposal | undefined, chosen: readonly BankLine[]): string {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const locale = localeOf(useLanguage())
  const line = chosen[0]?.activity
  if (!proposal || !line) return ''
  const names = proposal.agreed.filter((finding) => finding.what !== 'currency').map((finding) => t(`decision.exactFinding.${finding.what}`))
  const listed = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
  const what = listed.charAt(0).toLocaleUpperCase(locale) + listed.slice(1)
  if (chosen.length > 1) return t('decision.exactReasonSum', { what, file: line.fileName, count: chosen.length })
  return t('decision.exactReason', { what, file: line.fileName, line: line.lineNo, day: format.day(line.bookedOn ?? '') })
}

import { useTranslation } from 'react-i18next'
import type { ClaimState } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { Tag, type TagTone } from '../../../ui/tag.tsx'

const TONES: Readonly<Record<ClaimState, TagTone>> = {
  claimed: 'grey',
  pledged: 'blueOutline',
  proposed: 'amber',
  confirmed: 'green',
  partlyConfirmed: 'greenOutline',
  rejected: 'redOutline',
  returned: 'violetOutline',
  withdrawn: 'grey',
  lapsed: 'grey',
  reversed: 'red',
}

/** Where a claim stands, in one word. */
export function ClaimTag({ state }: { readonly state: ClaimState }) {
  const { t } = useTranslation('households')
  return <Tag tone={TONES[state]}>{t(`claims.state.${state}`)}</Tag>
}

import { useTranslation } from 'react-i18next'
import type { ClaimState } from '../../shared/domain/outcome/outcome-claim.ts'
import { Tag, type TagTone } from './tag.tsx'

const TONES: Readonly<Record<ClaimState, TagTone>> = {
  claimed: 'grey',
  pledged: 'blueOutline',
  proposed: 'amber',
  confirmed: 'green',
  partlyConfirmed: 'greenOutline',
  rejected: 'redOutline',
  returned: 'amber',
  withdrawn: 'grey',
  lapsed: 'grey',
  reversed: 'red',
}

/** Where a claim stands, in one word. */
export function ClaimStateTag({ state }: { readonly state: ClaimState }) {
  const { t } = useTranslation('verification')
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>
}

import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/tag.tsx'
import type { InitiativePhase } from './initiative-rows.ts'

/** Whether it runs, comes or is over. */
export function InitiativePhaseTag({ phase }: { readonly phase: InitiativePhase }) {
  const { t } = useTranslation('initiatives')
  return <Tag tone="grey">{t(`phase.${phase}`)}</Tag>
}

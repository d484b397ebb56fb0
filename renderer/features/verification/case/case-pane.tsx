import { IconScale } from '@tabler/icons-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useReplicaProgress } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { LoadingState } from '../../../ui/loading-state.tsx'
import { useReader } from '../use-reader.ts'
import { CaseBody } from './case-body.tsx'
import { useCase } from './use-case.ts'

interface CasePaneProps {
  readonly claimId: string | null
  readonly ref: Ref<HTMLElement>
}

/** The chosen case, or what to do to see one. */
export function CasePane({ claimId, ref }: CasePaneProps) {
  const { t } = useTranslation('verification')
  if (claimId === null) return <EmptyState icon={<IconScale size={28} />} title={t('case.chooseTitle')} hint={t('case.chooseHint')} />
  return <FoundCase claimId={claimId} ref={ref} />
}

function FoundCase({ claimId, ref }: { readonly claimId: string; readonly ref: Ref<HTMLElement> }) {
  const { t } = useTranslation('verification')
  const reader = useReader()
  const rows = useCase(claimId)
  const { phase } = useReplicaProgress()
  if (rows === null || reader === null) return phase === 'ready' ? <EmptyState title={t('case.missingTitle')} hint={t('case.missingHint')} /> : <LoadingState />
  return <CaseBody rows={rows} reader={reader} ref={ref} />
}

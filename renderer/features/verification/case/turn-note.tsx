import { useTranslation } from 'react-i18next'
import { secondControllerAboveMinor } from '../../../../shared/domain/policy/default-policy.ts'
import { standingApproval } from '../../../../shared/domain/verification/decide-claim.ts'
import { Notice } from '../../../ui/notice.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { ControllerTurn } from './decision-right.ts'
import type { CaseRows } from './use-case.ts'

/** Above the limit: which of the two controllers the reader is, and what their decision does. */
export function TurnNote({ turn, rows: { claim, opened, nameOf } }: { readonly turn: ControllerTurn; readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  if (turn === 'one') return null
  const first = opened && standingApproval(claim, opened)
  const limit = format.money(secondControllerAboveMinor(claim.currency), claim.currency)
  return (
    <div data-testid="case-turn" data-turn={turn}>
      <Notice tone="blue">{t(`decision.turn.${turn}`, { limit, name: first ? nameOf(first.byId) : '', day: first ? format.instant(first.atMs) : '' })}</Notice>
    </div>
  )
}

import { useMemo } from 'react'
import type { Account } from '../../../../shared/domain/account/account.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import type { VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'
import type { Unsettled } from '../../../db/replica-view.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { type BankLine, listBankLines } from './bank-lines.ts'

export interface CaseRows {
  readonly claim: OutcomeClaim
  readonly opened: VerificationCase | undefined
  readonly householdName: string
  readonly account: Account | undefined
  readonly lines: readonly BankLine[]
  readonly unsettled: Unsettled | null
  findColleague(id: string): Colleague | undefined
  /** A colleague's name; '' where the row has not arrived. */
  nameOf(id: string): string
}

/** Everything that one case shows; null where the claim is not on this laptop. */
export function useCase(claimId: string): CaseRows | null {
  const claim = useReplica((view) => view.find('outcomeClaims', claimId), [claimId])
  const opened = useReplica((view) => view.find('verificationCases', claimId), [claimId])
  const householdName = useReplica((view) => (claim ? view.find('households', claim.householdId)?.name : undefined) ?? '', [claim])
  const account = useReplica((view) => (claim?.accountId ? view.find('accounts', claim.accountId) : undefined), [claim])
  const unsettled = useReplica((view) => view.unsettledOf('outcomeClaims', claimId), [claimId])
  const activities = useReplica((view) => view.list('accountActivities'), [])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  const lines = useMemo(() => (claim ? listBankLines(activities, claim) : []), [activities, claim])
  return useMemo(() => {
    if (!claim) return null
    const byId = new Map(colleagues.map((colleague) => [colleague.id, colleague]))
    const findColleague = (id: string) => byId.get(id)
    return { claim, opened, householdName, account, lines, unsettled, findColleague, nameOf: (id: string) => byId.get(id)?.name ?? '' }
  }, [claim, opened, householdName, account, lines, unsettled, colleagues])
}

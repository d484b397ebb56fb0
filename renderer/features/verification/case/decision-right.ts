import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { isClaimDecidable, type OutcomeClaim, partiesOf } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { secondControllerAboveMinor } from '../../../../shared/domain/policy/default-policy.ts'
import { standingApproval } from '../../../../shared/domain/verification/decide-claim.ts'
import type { VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'

/** Why this person takes no decision here. */
export type DecisionObstacle = 'decided' | 'returned' | 'withdrawn' | 'role' | 'maker' | 'split' | 'reports-to'

type Reader = Pick<Colleague, 'id' | 'role' | 'managerId'>
type FindColleague = (id: string) => Pick<Colleague, 'id' | 'managerId'> | undefined

/** Four eyes, as far as this laptop knows them; the server checks again on its own rows. null = may decide. */
export function findObstacle(claim: OutcomeClaim, reader: Reader, findColleague: FindColleague): DecisionObstacle | null {
  if (claim.state === 'returned' || claim.state === 'withdrawn') return claim.state
  if (!isClaimDecidable(claim.state)) return 'decided'
  if (reader.role !== 'controller') return 'role'
  if (claim.makerId === reader.id) return 'maker'
  if (claim.creditSplit.some((share) => share.colleagueId === reader.id)) return 'split'
  const parties = partiesOf(claim)
  return listSuperiors(reader, findColleague).some((id) => parties.includes(id)) ? 'reports-to' : null
}

/** Everyone above a person, nearest first; a circle in the data ends the walk. */
function listSuperiors(reader: Reader, findColleague: FindColleague): readonly string[] {
  const superiors: string[] = []
  let next = reader.managerId
  while (next !== null && !superiors.includes(next)) {
    superiors.push(next)
    next = findColleague(next)?.managerId ?? null
  }
  return superiors
}

/** 'one' controller settles the amount; otherwise the reader would be the first of two, is the second, or was the first. */
export type ControllerTurn = 'one' | 'first' | 'second' | 'was-first'

/** @param amountMinor what the reader is about to confirm */
export function turnOf(claim: OutcomeClaim, opened: VerificationCase | undefined, amountMinor: number, readerId: string): ControllerTurn {
  const first = opened && standingApproval(claim, opened)
  if (first) return first.byId === readerId ? 'was-first' : 'second'
  return amountMinor > secondControllerAboveMinor(claim.currency) ? 'first' : 'one'
}

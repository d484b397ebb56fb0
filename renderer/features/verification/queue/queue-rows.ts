import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { type ClaimState, isClaimDecidable, type OutcomeClaim, partiesOf } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { secondControllerAboveMinor } from '../../../../shared/domain/policy/default-policy.ts'
import { standingApproval } from '../../../../shared/domain/verification/decide-claim.ts'
import type { VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'
import { type AgeBand, ageBandOf, ageDaysOf } from '../../../outcome/claim-age.ts'

/** Share of the amount above which a second controller is needed: under a tenth, up to the whole, above. */
export type AmountBand = 'small' | 'medium' | 'large'
export const amountBands: readonly AmountBand[] = ['small', 'medium', 'large']

export interface QueueRow {
  readonly claimId: string
  readonly householdName: string
  readonly makerName: string
  readonly kind: OutcomeClaim['kind']
  readonly amountMinor: number
  readonly currency: string
  /** Amount as a share of its currency's limit for one controller: makes amounts of several currencies comparable. */
  readonly weight: number
  readonly amountBand: AmountBand
  readonly ageDays: number
  readonly ageBand: AgeBand
  readonly expectedOn: string | null
  readonly state: ClaimState
  readonly isDecidable: boolean
  /** A first controller approved it, and the reader may be the second. */
  readonly isMineToSecond: boolean
  readonly decidedAtMs: number | null
}

export interface QueueSource {
  readonly claims: readonly OutcomeClaim[]
  findCase(claimId: string): VerificationCase | undefined
  findHouseholdName(householdId: string): string | undefined
  findColleagueName(colleagueId: string): string | undefined
  readonly reader: Pick<Colleague, 'id' | 'role'>
  readonly nowMs: number
}

const HIDDEN_STATES: readonly ClaimState[] = ['withdrawn', 'lapsed']

/** 1 = exactly the amount up to which one controller is enough. */
export const weightOf = (amountMinor: number, currency: string): number => amountMinor / secondControllerAboveMinor(currency)

export function amountBandOf(weight: number): AmountBand {
  if (weight < 0.1) return 'small'
  return weight <= 1 ? 'medium' : 'large'
}

/** Claims as the queue lists them. A controller never meets a claim they made or share in. */
export function buildQueueRows(source: QueueSource): readonly QueueRow[] {
  return source.claims.filter((claim) => isListed(claim, source.reader)).map((claim) => toRow(claim, source))
}

function isListed(claim: OutcomeClaim, reader: QueueSource['reader']): boolean {
  if (HIDDEN_STATES.includes(claim.state)) return false
  return !(reader.role === 'controller' && partiesOf(claim).includes(reader.id))
}

function toRow(claim: OutcomeClaim, source: QueueSource): QueueRow {
  const opened = source.findCase(claim.id)
  const first = opened && standingApproval(claim, opened)
  const weight = weightOf(claim.claimedMinor, claim.currency)
  const ageDays = ageDaysOf(opened?.openedAtMs ?? claim.claimedAtMs, source.nowMs)
  const isDecidable = isClaimDecidable(claim.state)
  return {
    claimId: claim.id,
    householdName: source.findHouseholdName(claim.householdId) ?? '',
    makerName: source.findColleagueName(claim.makerId) ?? '',
    kind: claim.kind,
    amountMinor: claim.claimedMinor,
    currency: claim.currency,
    weight,
    amountBand: amountBandOf(weight),
    ageDays,
    ageBand: ageBandOf(ageDays),
    expectedOn: claim.expectedOn,
    state: claim.state,
    isDecidable,
    isMineToSecond: isDecidable && source.reader.role === 'controller' && first !== undefined && first.byId !== source.reader.id,
    decidedAtMs: claim.decision?.atMs ?? null,
  }
}

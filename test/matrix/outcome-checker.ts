/** The rules of money, said once more and without the code that keeps them: what no command of anybody may bring about. */
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import type { RowOf } from '../../shared/domain/tables.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { Office, PlayedCommand } from './outcome-play.ts'

/** Two controllers above ten million, in minor units of the euro. */
const TWO_ABOVE_MINOR = 1_000_000_000

/** Kinds of breach; the goal counts the first two. */
export type Breach = 'self-verified' | 'unverified credit' | 'not a controller' | 'decision changed' | 'money used twice' | 'one controller' | 'above the claim' | 'maker changed'

type Snapshot = ReadonlyMap<string, OutcomeClaim>
export const claimsOf = (office: Office): Snapshot => new Map(office.rows.list('outcomeClaims').map((claim) => [claim.id, claim]))

const isDecided = (claim: OutcomeClaim): boolean => claim.decision !== null || claim.confirmedMinor !== 0 || ['confirmed', 'partlyConfirmed', 'rejected'].includes(claim.state)

/** Everyone above a person, by the rows alone. */
function superiorsOf(office: Office, id: string, found = new Set<string>()): ReadonlySet<string> {
  const colleague = office.rows.find('colleagues', id)
  const team = colleague?.teamId ? office.rows.find('teams', colleague.teamId) : undefined
  for (const above of [colleague?.managerId, team?.supervisorId]) {
    if (!above || found.has(above)) continue
    found.add(above)
    superiorsOf(office, above, found)
  }
  return found
}

function breachesOfDecision(office: Office, { actorId, name }: PlayedCommand, before: OutcomeClaim | undefined, after: OutcomeClaim): Breach[] {
  const breaches: Breach[] = []
  const interested = [before?.makerId ?? after.makerId, ...(before ?? after).creditSplit.map((s) => s.colleagueId)]
  const superiors = superiorsOf(office, actorId)
  if (interested.some((id) => id === actorId || superiors.has(id))) breaches.push('self-verified')
  if (!name.startsWith('verification/') || office.people.find(actorId)?.role !== 'controller') breaches.push('not a controller')
  if (before && isDecided(before)) breaches.push('decision changed')
  return breaches
}

/** Credit counts when named evidence carries it: lines of the household that fit and make the sum, or a mandate's letter. */
function breachesOfCredit(office: Office, claim: OutcomeClaim): Breach[] {
  const breaches: Breach[] = []
  const verdicts = office.rows.find('verificationCases', claim.id)?.verdicts ?? []
  const last = verdicts.at(-1)
  const evidence = claim.decision?.evidence ?? []
  const fits = evidence.every(({ activityId }) => isFit(office.rows.find('accountActivities', activityId), claim))
  const sum = last?.evidence.reduce((total, e) => total + e.amountMinor, 0) ?? 0
  const isCarried = claim.kind === 'mandate' ? last?.letterSha256 !== null && last !== undefined : evidence.length > 0 && fits && sum === claim.confirmedMinor
  if (!isCarried || claim.decision === null || claim.confirmedMinor <= 0) breaches.push('unverified credit')
  if (claim.confirmedMinor > claim.claimedMinor) breaches.push('above the claim')
  const approvers = new Set(verdicts.filter((v) => v.decision !== 'returned' && v.decision !== 'rejected').map((v) => v.byId))
  if (claim.confirmedMinor > TWO_ABOVE_MINOR && approvers.size < 2) breaches.push('one controller')
  return breaches
}

const isFit = (line: RowOf<'accountActivities'> | undefined, claim: OutcomeClaim): boolean =>
  line !== undefined && line.direction === 'credit' && line.status === 'booked' && !line.isReversal && line.householdId === claim.householdId && line.currency === claim.currency

/** What a line gave away is what decided claims took from it, and no more than it has. */
function breachesOfLines(office: Office): Breach[] {
  const taken = new Map<string, number>()
  for (const claim of office.rows.list('outcomeClaims')) {
    if (claim.confirmedMinor === 0) continue
    for (const e of office.rows.find('verificationCases', claim.id)?.verdicts.at(-1)?.evidence ?? []) taken.set(e.activityId, (taken.get(e.activityId) ?? 0) + e.amountMinor)
  }
  return office.rows
    .list('accountActivities')
    .flatMap((line): Breach[] => (line.allocatedMinor === (taken.get(line.id) ?? 0) && line.allocatedMinor <= line.amountMinor ? [] : ['money used twice']))
}

/** What one command broke. */
export function breachesOf(office: Office, played: PlayedCommand, before: Snapshot): readonly Breach[] {
  const breaches: Breach[] = []
  let isMoneyMoved = false
  for (const [id, after] of claimsOf(office)) {
    const was = before.get(id)
    if (was === after) continue
    if (was && was.makerId !== after.makerId) breaches.push('maker changed')
    const isDecision = was ? was.confirmedMinor !== after.confirmedMinor || !isDeepEqual(was.decision, after.decision) || isDecided(was) !== isDecided(after) : isDecided(after)
    if (!isDecision) continue
    isMoneyMoved = true
    breaches.push(...breachesOfDecision(office, played, was, after))
    if (after.confirmedMinor !== 0) breaches.push(...breachesOfCredit(office, after))
  }
  return isMoneyMoved || played.name.startsWith('verification/') ? [...breaches, ...breachesOfLines(office)] : breaches
}

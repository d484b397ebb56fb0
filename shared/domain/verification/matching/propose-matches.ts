import { compareText, findSums, totalOf } from './find-sums.ts'
import { anchorDay, fitAmount, fitLine, type LineFit, toleranceMinor } from './line-fit.ts'
import type { Finding, MatchClaim, MatchLine, MatchPolicy, Proposal, ProposalException, ProposalKind } from './match-types.ts'

/**
 * Bank lines that may be the claimed money, best first: account + reference (+ amount), account + amount near the
 * day, lines that add up, similar payer + amount. The same input in any order gives the same answer.
 */
export function proposeMatches(claim: MatchClaim, lines: readonly MatchLine[], policy: MatchPolicy): readonly Proposal[] {
  if (claim.remainingMinor <= 0) return []
  const fits = lines.map((line) => fitLine(claim, line, policy)).filter((fit) => fit !== null)
  const singles = fits.flatMap((fit) => {
    const kind = singleKind(claim, fit, policy)
    return kind === null ? [] : [toProposal(kind, [fit], claim, policy)]
  })
  const isSettled = singles.some((proposal) => proposal.exceptions.length === 0 && proposal.kind !== 'payer')
  const sums = isSettled ? [] : findSums(claim, fits, policy).map((group) => toProposal('sum', group, claim, policy))
  return markAmbiguous([...singles, ...sums], claim, policy).sort(byScore)
}

/** Which matching rule one line meets, the strongest first; null = none. */
function singleKind(claim: MatchClaim, fit: LineFit, policy: MatchPolicy): ProposalKind | null {
  const isAccount = fit.account !== 'unknown'
  const isAmount = fit.amount === 'exact' || fit.amount === 'tolerance'
  if (isAccount && fit.reference !== null) return 'reference'
  if (isAccount && isAmount && fit.daysOff <= policy.amountDays) return 'amount'
  if (fit.payer !== null && isAmount) return 'payer'
  if (isAccount && isAmount) return 'amount' // with the exception 'date'
  const isPartOfPledge = claim.kind === 'pledge' && isAccount && fit.payer !== null && fit.amount === 'less'
  return isPartOfPledge ? 'payer' : null
}

const BASE_SCORE: Readonly<Record<ProposalKind, number>> = { reference: 400, amount: 300, sum: 200, payer: 100 }

function toProposal(kind: ProposalKind, group: readonly LineFit[], claim: MatchClaim, policy: MatchPolicy): Proposal {
  const total = totalOf(group)
  const findings = findingsOf(group, claim, policy)
  const exceptions: ProposalException[] = []
  if (kind === 'amount' && group.some((fit) => fit.daysOff > policy.amountDays)) exceptions.push('date')
  if (total !== claim.remainingMinor) exceptions.push('amount')
  const nearness = Math.max(0, 5 - Math.max(...group.map((fit) => fit.daysOff)))
  const isNamed = group.every((fit) => fit.account === 'named')
  return {
    kind,
    activityIds: group.map((fit) => fit.line.activityId).sort(compareText),
    amountMinor: Math.min(total, claim.remainingMinor),
    agreed: findings.filter(({ agrees }) => agrees).map(({ finding }) => finding),
    differed: findings.filter(({ agrees }) => !agrees).map(({ finding }) => finding),
    exceptions,
    score: BASE_SCORE[kind] - 30 * exceptions.length + nearness + (isNamed ? 8 : 0) + (group.every((fit) => fit.payer !== null) ? 6 : 0),
  }
}

interface Judged {
  readonly agrees: boolean
  readonly finding: Finding
}

/** What was compared. Where the claim names no reference or payer, there is nothing to agree or differ. */
function findingsOf(group: readonly LineFit[], claim: MatchClaim, policy: MatchPolicy): readonly Judged[] {
  const judge = (what: Finding['what'], agrees: boolean, claimed: Finding['claimed'], found: Finding['found']): Judged => ({ agrees, finding: { what, claimed, found } })
  const first = group[0]
  const all = (test: (fit: LineFit) => boolean): boolean => group.every(test)
  const latest =
    group
      .map((fit) => fit.line.bookedOn)
      .sort(compareText)
      .at(-1) ?? null
  const isAccount = all((fit) => (claim.accountId === null ? fit.account !== 'unknown' : fit.account === 'named'))
  const names = [...new Set(group.map((fit) => fit.line.counterpartyName).filter((name) => name !== null))]
  return [
    judge('account', isAccount, claim.accountIbans[0] ?? claim.accountId, first?.line.accountIban ?? first?.line.accountId ?? null),
    judge('currency', true, claim.currency, first?.line.currency ?? null),
    judge('amount', fitAmount(totalOf(group), claim, policy) === 'exact', claim.remainingMinor, totalOf(group)),
    judge(
      'date',
      all((fit) => fit.daysOff <= policy.amountDays),
      anchorDay(claim),
      latest,
    ),
    ...(claim.references.length === 0 ? [] : [judgeReference(group, claim)]),
    ...(claim.payerNames.length === 0
      ? []
      : [
          judge(
            'payer',
            all((fit) => fit.payer !== null),
            first?.payer ?? claim.payerNames[0] ?? null,
            names.join(', ') || null,
          ),
        ]),
  ]
}

function judgeReference(group: readonly LineFit[], claim: MatchClaim): Judged {
  const found = group.find((fit) => fit.reference !== null)?.reference ?? null
  const agrees = group.every((fit) => fit.reference !== null)
  return { agrees, finding: { what: 'reference', claimed: found ?? claim.references[0] ?? null, found: found ?? group[0]?.line.endToEndId ?? null } }
}

/** Several proposals of one kind, equally good, that cannot all be true: together they exceed the claim. */
function markAmbiguous(proposals: readonly Proposal[], claim: MatchClaim, policy: MatchPolicy): Proposal[] {
  const most = claim.remainingMinor + toleranceMinor(claim, policy)
  const rivals = new Map<string, { count: number; totalMinor: number }>()
  for (const proposal of proposals) {
    const key = rivalKey(proposal)
    const { count, totalMinor } = rivals.get(key) ?? { count: 0, totalMinor: 0 }
    rivals.set(key, { count: count + 1, totalMinor: totalMinor + proposal.amountMinor })
  }
  return proposals.map((proposal) => {
    const group = rivals.get(rivalKey(proposal))
    const isAmbiguous = group !== undefined && group.count > 1 && group.totalMinor > most
    return isAmbiguous ? { ...proposal, exceptions: ['ambiguous', ...proposal.exceptions], score: proposal.score - 15 } : proposal
  })
}

const rivalKey = (proposal: Proposal): string => [proposal.kind, ...proposal.exceptions].join(' ')

const byScore = (a: Proposal, b: Proposal): number => b.score - a.score || compareText(a.activityIds.join(' '), b.activityIds.join(' '))

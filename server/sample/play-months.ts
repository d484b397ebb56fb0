import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import type { Firm } from './firm.ts'
import type { SampleClaim } from './make-contacts.ts'
import { makeCamt053, type StatementCredit, type StatementOfAccount } from './make-statement.ts'
import type { Random } from './random.ts'
import type { SampleCall, SampleDeps } from './sample-deps.ts'

const MONTH_MS = 30.4 * 86_400_000
const HOUR_MS = 3_600_000

interface Month {
  readonly index: number
  readonly fromOn: string
  readonly endMs: number
  readonly calls: readonly SampleCall[]
  readonly arriving: readonly SampleClaim[] // whose money the bank books in this month
  readonly made: readonly SampleClaim[]
}

/** Cuts the past into months: calls by person and time inside each, claims by the month in which their money arrives. */
export function monthsOf(past: { readonly calls: readonly SampleCall[]; readonly claims: readonly SampleClaim[] }, startMs: number, nowMs: number): readonly Month[] {
  const count = Math.ceil((nowMs - startMs) / MONTH_MS)
  const calls = Map.groupBy(past.calls, (c) => Math.min(Math.floor((c.atMs - startMs) / MONTH_MS), count - 1))
  const arriving = Map.groupBy(past.claims, (c) => Math.floor((Date.parse(c.arrivesOn) - startMs) / MONTH_MS))
  const made = Map.groupBy(past.claims, (c) => Math.floor((c.contactMs - startMs) / MONTH_MS))
  return Array.from({ length: count }, (_, index) => ({
    index,
    fromOn: localDateOf(startMs + index * MONTH_MS, 'UTC'),
    endMs: Math.min(Math.floor(startMs + (index + 1) * MONTH_MS), nowMs - 2 * HOUR_MS),
    calls: (calls.get(index) ?? []).toSorted((a, b) => (a.actorId === b.actorId ? a.atMs - b.atMs : a.actorId < b.actorId ? -1 : 1)),
    arriving: arriving.get(index) ?? [],
    made: made.get(index) ?? [],
  }))
}

/** What really arrived for a claim, or null. A partly confirmed one brought about two thirds. */
function creditOf(claim: SampleClaim): StatementCredit | null {
  const hasArrived = ['confirmed', 'partlyConfirmed', 'proposed'].includes(claim.fate) && claim.iban !== null
  if (!hasArrived) return null
  const amountMinor = claim.fate === 'partlyConfirmed' ? Math.round((claim.amountMinor * 2) / 300) * 100 : claim.amountMinor
  return {
    amountMinor,
    bookedOn: claim.arrivesOn,
    payerName: claim.household.headName,
    reference: claim.household.place.language === 'en' ? 'Transfer to portfolio' : claim.household.place.language === 'de' ? 'Übertrag Vermögen' : 'Portfólió átvezetés',
  }
}

/** The account's running balance and statement number, so that statements follow each other without a gap. */
const balances = new WeakMap<SampleDeps, Map<string, { sequence: number; balanceMinor: number }>>()

function nextStatement(deps: SampleDeps, claim: SampleClaim, credits: readonly StatementCredit[]): StatementOfAccount {
  const accounts = balances.get(deps) ?? new Map<string, { sequence: number; balanceMinor: number }>()
  balances.set(deps, accounts)
  const iban = must(claim.iban, 'iban')
  const last = accounts.get(iban) ?? { sequence: 0, balanceMinor: 12_345_00 }
  accounts.set(iban, { sequence: last.sequence + 1, balanceMinor: last.balanceMinor + credits.reduce((sum, c) => sum + c.amountMinor, 0) })
  return { iban, currency: claim.currency, sequence: last.sequence + 1, openingMinor: last.balanceMinor, credits }
}

function statementsOf(deps: SampleDeps, claims: readonly SampleClaim[]): readonly StatementOfAccount[] {
  const byIban = Map.groupBy(
    claims.filter((c) => creditOf(c) !== null),
    (c) => c.iban,
  )
  return [...byIban.values()].map((same) =>
    nextStatement(
      deps,
      must(same[0], 'claim'),
      same.map((c) => must(creditOf(c), 'credit')).toSorted((a, b) => (a.bookedOn < b.bookedOn ? -1 : 1)),
    ),
  )
}

/** One month: contacts as logged, then the bank's file, then the controllers' decisions. */
export async function playMonth(deps: SampleDeps, random: Random, firm: Firm, month: Month): Promise<void> {
  await deps.run(month.calls)
  const controller = firm.idOf('claire.dawson')
  const statements = statementsOf(
    deps,
    month.arriving.filter((c) => c.contactMs < month.endMs && Date.parse(c.arrivesOn) < month.endMs),
  )
  if (statements.length > 0) {
    const bytes = makeCamt053(`HALLGATE-${month.index + 1}`, month.fromOn, localDateOf(month.endMs, 'UTC'), statements)
    const sha256 = await deps.storeFile(bytes)
    const args = { id: random.id(month.endMs), sha256, name: `statements-${month.fromOn.slice(0, 7)}.xml`, sizeBytes: bytes.length }
    await deps.run([{ id: random.id(month.endMs), actorId: controller, atMs: month.endMs, name: 'verification/import', args }])
  }
  for (const claim of [...month.arriving, ...month.made.filter((c) => ['rejected', 'withdrawn', 'returned'].includes(c.fate))])
    await decide(deps, random, firm, claim, month.endMs + HOUR_MS)
}

async function decide(deps: SampleDeps, random: Random, firm: Firm, claim: SampleClaim, atMs: number): Promise<void> {
  const row = await deps.find('outcomeClaims', claim.id)
  const opened = await deps.find('verificationCases', claim.id)
  if (!row || !opened || !['claimed', 'pledged', 'proposed'].includes(row.state)) return
  const call = (actorId: string, name: SampleCall['name'], args: unknown): SampleCall => ({ id: random.id(atMs), actorId, atMs, name, args })
  const controllers = [firm.idOf('claire.dawson'), firm.idOf('miklos.balogh')] as const
  if (claim.fate === 'withdrawn') return deps.run([call(claim.makerId, 'outcome/withdraw', { id: claim.id, reason: 'Placed with another bank after all' })])
  if (claim.fate === 'rejected')
    return deps.run([call(controllers[0], 'verification/reject', { id: claim.id, reason: 'No credit on any account of the household within the window' })])
  if (claim.fate === 'returned')
    return deps.run([call(controllers[1], 'verification/return', { id: claim.id, reason: 'Which account should this arrive on? None of them shows it.' })])
  if (claim.kind === 'mandate' && claim.fate === 'confirmed') {
    const letterSha256 = await deps.storeFile(new TextEncoder().encode(`Engagement letter ${claim.id}`))
    return confirmBy(deps, controllers, call, 'verification/confirm', { id: claim.id, evidence: [], letterSha256, reason: 'Signed engagement letter on file' })
  }
  const proposal = opened.proposals[0]
  if (!proposal || (claim.fate !== 'confirmed' && claim.fate !== 'partlyConfirmed')) return
  const lines = await Promise.all(proposal.activityIds.map((id) => deps.find('accountActivities', id)))
  const evidence = lines.flatMap((l) => (l ? [{ activityId: l.id, amountMinor: Math.min(l.amountMinor - l.allocatedMinor, row.claimedMinor) }] : []))
  const isWhole = claim.fate === 'confirmed'
  const reason = isWhole ? 'Booked credit on the named account agrees' : 'Only a part has arrived so far'
  await confirmBy(deps, controllers, call, isWhole ? 'verification/confirm' : 'verification/confirm-partly', { id: claim.id, evidence, letterSha256: null, reason })
}

/** The first controller decides; where two are needed the second follows. */
async function confirmBy(
  deps: SampleDeps,
  controllers: readonly [string, string],
  call: (actorId: string, name: SampleCall['name'], args: unknown) => SampleCall,
  name: SampleCall['name'],
  args: { readonly id: string; readonly [field: string]: unknown },
): Promise<void> {
  await deps.run([call(controllers[0], name, args)])
  const after = await deps.find('outcomeClaims', args.id)
  if (after && ['claimed', 'pledged', 'proposed'].includes(after.state)) await deps.run([call(controllers[1], name, args)])
}

/** Files to try the import on: one clean, one in which a statement's balances do not agree. */
export async function writeOpenStatements(deps: SampleDeps, random: Random, claims: readonly SampleClaim[], nowMs: number): Promise<void> {
  const todayOn = localDateOf(nowMs, 'UTC')
  const open = claims.filter((c) => c.fate === 'open' && c.iban !== null && c.kind !== 'mandate').slice(0, 12)
  const credit = (c: SampleClaim): StatementCredit => ({
    amountMinor: c.amountMinor - (random.chance(0.3) ? 1_500 : 0),
    bookedOn: addDays(todayOn, -1),
    payerName: c.household.headName,
    reference: 'Transfer',
  })
  const rent: StatementCredit = { amountMinor: 185_000, bookedOn: addDays(todayOn, -2), payerName: 'Hausverwaltung Linden', reference: 'Rent' } // belongs to no claim
  const statements = [...Map.groupBy(open, (c) => c.iban).values()].map((same) => nextStatement(deps, must(same[0], 'claim'), [rent, ...same.map(credit)]))
  const half = Math.ceil(statements.length / 2)
  await deps.writeStatementFile(`camt053-${todayOn}-clean.xml`, makeCamt053(`TRY-${todayOn}-1`, addDays(todayOn, -7), todayOn, statements.slice(0, half)))
  const withError = statements.slice(half).map((s, i) => (i === 0 ? { ...s, closingErrorMinor: 100 } : s))
  await deps.writeStatementFile(`camt053-${todayOn}-one-quarantined.xml`, makeCamt053(`TRY-${todayOn}-2`, addDays(todayOn, -7), todayOn, withError))
}

/** One random sequence of commands of a whole office, run by the server's policy and commands on rows in memory. */
import { can } from '../../server/auth/can.ts'
import { People } from '../../server/auth/people.ts'
import { Standing } from '../../server/auth/standing.ts'
import type { Random } from '../../server/sample/random.ts'
import type { BatchLoader } from '../../server/sync/batch-loader.ts'
import { BatchRows } from '../../server/sync/batch-rows.ts'
import type { PreparedCommand } from '../../server/sync/prepare-batch.ts'
import { runCommand } from '../../server/sync/run-commands.ts'
import { parseCall } from '../../shared/commands/run-command.ts'
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import type { RowOf } from '../../shared/domain/tables.ts'
import { lineRow } from '../support/bank-rows.ts'
import { colleagueRow, controllerId, logArgs, NOW_MS, otherAdvisorId, supervisorId } from '../support/firm-rows.ts'
import { advisorId, complianceId, dependentControllerId, formerId, household, serverFirm, strangerId, todayOn } from '../support/server-firm.ts'
import { idOf } from '../support/test-id.ts'
import { callsAt } from './matrix-rows.ts'

export const secondControllerId = idOf('colleague', 60)
const cast = [advisorId, otherAdvisorId, supervisorId, strangerId, controllerId, controllerId, secondControllerId, dependentControllerId, complianceId, formerId]
const controllers = [controllerId, secondControllerId, dependentControllerId]

/** Around the limits: of a line, of two controllers, of the tolerance. */
const AMOUNTS = [1, 200_000_000, 199_000_000, 198_999_999, 1_000_000_000, 1_000_000_001, 1_200_000_000] as const
const ODD_AMOUNTS = [...AMOUNTS, 0, -1, 0.5, 2 ** 53, Number.MAX_SAFE_INTEGER] as const

/** What was tried and what came of it; the checker looks at the rows before and after. */
export interface PlayedCommand {
  readonly actorId: string
  readonly name: string
  readonly args: unknown
  readonly refusal: string | null
}

export class Office {
  readonly rows = new BatchRows()
  readonly people: People
  readonly bugs: unknown[] = []
  #fresh = 1_000

  constructor() {
    const seeds = [
      ...serverFirm(),
      { table: 'colleagues', row: colleagueRow(secondControllerId, 'controller', 'Zita Zweit') } as const,
      ...[1, 2, 3].map(
        (h) => ({ table: 'accountActivities', row: lineRow({ id: idOf('line', h), accountId: idOf('account', h), householdId: household(h), lineNo: h }) }) as const,
      ),
      { table: 'accountActivities', row: lineRow({ id: idOf('line', 4), amountMinor: 1_200_000_000, lineNo: 4 }) } as const,
      { table: 'accountActivities', row: lineRow({ id: idOf('line', 5), notEvidence: 'debit', direction: 'debit', lineNo: 5 }) } as const,
    ]
    for (const { table, row } of seeds) this.rows.addStored(table, row.id, row)
    this.people = new People(this.rows.list('colleagues'), this.rows.list('teams'))
  }

  id(noun: string): string {
    return idOf(noun, ++this.#fresh)
  }

  async run(actorId: string, name: string, args: unknown): Promise<PlayedCommand> {
    const actor = { id: actorId, role: this.people.find(actorId)?.role ?? ('advisor' as const) }
    const call = parseCall({ name, version: 1, args })
    const envelope = { id: this.id('command'), n: 1, name, version: 1, args, madeAtMs: NOW_MS, signature: '' }
    const command = { envelope, argsHash: '', bodyHash: '', areArgsStorable: true, call, file: { state: 'there' } } as PreparedCommand
    const { rows } = this
    // The rows are all here: nothing has to be fetched, and what row policies would hide is the other layer's matter.
    const loader = { rows, shown: rows, load: async () => undefined, lacks: () => false, hides: () => false } as unknown as BatchLoader
    const standing = new Standing(actor, this.people, rows, todayOn)
    const onBug = (error: unknown) => this.bugs.push(error)
    const run = await runCommand({ loader, standingAt: () => standing, actorId, receivedAtMs: () => NOW_MS, effects: async () => [], onBug, can }, command)
    return { actorId, name, args, refusal: run.error?.code ?? null }
  }
}

/** Who covers each household; they are the ones whom a split may name. */
const covering = [[advisorId, otherAdvisorId], [otherAdvisorId], [strangerId]] as const
const coveringOf = (h: number): readonly string[] => covering[h - 1] ?? []

function splitOf(random: Random, h: number): OutcomeClaim['creditSplit'] {
  const people = random.chance(0.9) ? coveringOf(h) : cast
  const [first, second] = [random.pick(people), random.pick(people)]
  if (first === second) return [{ colleagueId: first, shareBp: 10_000 }]
  return [
    { colleagueId: first, shareBp: 6_000 },
    { colleagueId: second, shareBp: 4_000 },
  ]
}

const newClaim = (office: Office, random: Random, h: number) => {
  const kind = random.pick(['deposit', 'deposit', 'pledge', 'mandate'] as const)
  const accountId = kind === 'mandate' ? null : idOf('account', random.chance(0.9) ? h : random.int(1, 3))
  return {
    id: office.id('claim'),
    kind,
    accountId,
    claimedMinor: random.pick(AMOUNTS),
    currency: 'EUR',
    expectedOn: kind === 'pledge' ? '2030-01-01' : null,
    creditSplit: splitOf(random, h),
    note: '',
  }
}

/** Evidence that fits the claim, most of the time. */
function evidenceFor(office: Office, random: Random, claim: OutcomeClaim | undefined) {
  const lines = office.rows.list('accountActivities')
  const fitting = lines.filter((line) => line.householdId === claim?.householdId)
  const chosen = Array.from({ length: random.pick([1, 1, 1, 2, 0]) }, () => random.pick(fitting.length > 0 && random.pick([true, true, true, false]) ? fitting : lines))
  const amountOf = (line: RowOf<'accountActivities'>) =>
    random.pick([Math.min(claim?.claimedMinor ?? 1, line.amountMinor), line.amountMinor - line.allocatedMinor, line.amountMinor, 1, random.pick(ODD_AMOUNTS)])
  return chosen.map((line) => ({ activityId: line.id, amountMinor: amountOf(line) }))
}

type Move = (office: Office, random: Random) => readonly [actorId: string, name: string, args: unknown]

const claimOf = (office: Office, random: Random): OutcomeClaim | undefined => {
  const claims = office.rows.list('outcomeClaims')
  return claims.length > 0 ? random.pick(claims) : undefined
}
const noClaim = idOf('claim', 999)

const log: Move = (office, random) => {
  const h = random.pick([1, 2, 3])
  const actor = random.chance(0.8) ? random.pick(coveringOf(h)) : random.pick([idOf('none', 1), ...cast])
  const claims = Array.from({ length: random.pick([1, 1, 2]) }, () => newClaim(office, random, h))
  const entry = { ...logArgs(1, h), id: office.id('entry'), personIds: [], colleagueIds: [actor], direction: 'inbound' as const, isConfidential: random.pick([false, false, true]) }
  return [actor, 'contact/log', { ...entry, claims }]
}

const decide: Move = (office, random) => {
  const claim = claimOf(office, random)
  const name = random.pick(['confirm', 'confirm', 'confirm', 'confirm-partly', 'reject', 'return'])
  const actor = random.pick([...controllers, ...controllers, claim?.makerId ?? advisorId, ...cast])
  const judged = { evidence: evidenceFor(office, random, claim), letterSha256: random.pick([null, 'b'.repeat(64)]) }
  return [actor, `verification/${name}`, { id: claim?.id ?? noClaim, reason: 'Says so', ...(name.startsWith('confirm') ? judged : {}) }]
}

const edit: Move = (office, random) => {
  const claim = claimOf(office, random)
  const fields = {
    claimedMinor: { from: claim?.claimedMinor ?? 1, to: random.pick(AMOUNTS) },
    creditSplit: { from: claim?.creditSplit ?? [], to: splitOf(random, random.int(1, 3)) },
    note: { from: claim?.note ?? '', to: `${random.pick(AMOUNTS)}` },
  }
  const name = random.pick(['claimedMinor', 'creditSplit', 'note'] as const)
  const edits = {
    [name]: fields[name],
    ...random.pick([
      {},
      {},
      {},
      {},
      {},
      {},
      { confirmedMinor: { from: 0, to: 5 } },
      { state: { from: 'claimed', to: 'confirmed' } },
      { makerId: { from: claim?.makerId, to: controllerId } },
    ]),
  }
  return [random.pick([claim?.makerId ?? advisorId, claim?.makerId ?? advisorId, ...cast]), 'outcome/edit', { id: claim?.id ?? noClaim, edits, answer: null }]
}

const take: Move = (office, random) => {
  const claim = claimOf(office, random)
  const byMaker = random.pick([claim?.makerId ?? advisorId, random.pick(cast)])
  return random.pick<readonly [string, string, unknown]>([
    [byMaker, 'outcome/withdraw', { id: claim?.id ?? noClaim, reason: 'Mistake' }],
    [byMaker, 'contact/void', { id: claim?.entryId ?? idOf('entry', 1), reason: 'Twice' }],
    [byMaker, 'outcome/claim', { ...newClaim(office, random, random.pick([1, 2, 3])), entryId: claim?.entryId ?? idOf('entry', 1) }],
  ])
}

/** Any command at all, aimed at a household, by anybody. */
const anything: Move = (_office, random) => {
  const actor = random.pick(cast)
  const calls = Object.entries(callsAt(random.pick([1, 2, 3]), actor)).filter(([name]) => name !== 'verification/import')
  const [name, args] = random.pick(calls)
  return [actor, name, args]
}

export const nextMove = (office: Office, random: Random): ReturnType<Move> =>
  random.pick([log, log, decide, decide, decide, decide, decide, edit, edit, take, anything])(office, random)

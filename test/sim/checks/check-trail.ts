import { FIRM_ZONE } from '../../../server/auth/access.ts'
import type { RowChange } from '../../../shared/commands/define-command.ts'
import type { RowOf } from '../../../shared/domain/tables.ts'
import { localDateOf } from '../../../shared/lib/local-date.ts'
import { firmRows, type PersonName, people } from '../server/sim-firm.ts'
import type { SimWorld } from '../sim-world.ts'
import { levelsOf } from './visible-rows.ts'

interface Entry {
  readonly n: number
  readonly command_id: string
  readonly device_id: string
  readonly actor_id: string | null
  readonly name: string
  readonly outcome: 'applied' | 'refused'
  readonly received_at_ms: number
  readonly changes: readonly RowChange[]
}

/** What the server does by itself is in the trail and in no device's log. */
const OF_SERVER = /^(setup|device|server)\//

const nameOf = (id: string | null): PersonName | undefined => (Object.keys(people) as PersonName[]).find((name) => people[name] === id)

/** What the server's own books must agree on: order, exactly once, whole batches, and rights at the time of each command. */
export function checkTrail(sim: SimWorld): void {
  const query = <T>(text: string): readonly T[] => sim.server.database.query<T>(text)
  const trail = query<Entry>('SELECT n, command_id, device_id, actor_id, name, outcome, received_at_ms, changes FROM audit ORDER BY n')
  const log = query<{ device_id: string; n: number; command_id: string; seq: number }>('SELECT device_id, n, command_id, seq FROM command_log ORDER BY device_id, n')
  const devices = query<{ id: string; last_n: number }>('SELECT id, last_n FROM device')
  const feed = query<{ max: number | null }>('SELECT max(seq) FROM feed')
  const head = query<{ seq: number; audit_n: number }>('SELECT seq, audit_n FROM head')
  checkOnce(sim, trail, log)
  for (const { id, last_n } of devices) {
    const numbers = log.filter((l) => l.device_id === id).map((l) => Number(l.n))
    if (numbers.some((n, i) => n !== i + 1) || numbers.length !== Number(last_n)) sim.violate('I3', `device ${id} counts ${last_n} and has ${numbers.join()}`)
  }
  if (Number(head[0]?.audit_n) !== trail.length) sim.violate('I8', `head says ${head[0]?.audit_n} entries, there are ${trail.length}`)
  if (Number(head[0]?.seq) < Number(feed[0]?.max ?? 0)) sim.violate('I7', `head ${head[0]?.seq} is behind the feed's ${feed[0]?.max}`)
  checkOrderMade(sim, log)
  checkRights(sim, trail)
}

function checkOnce(sim: SimWorld, trail: readonly Entry[], log: readonly { command_id: string }[]): void {
  const seen = new Set<string>()
  for (const { command_id } of trail) {
    if (seen.has(command_id)) sim.violate('I2', `${command_id} was carried out twice`)
    seen.add(command_id)
  }
  const logged = new Set(log.map((l) => l.command_id))
  for (const { command_id: id, name } of trail) if (!logged.has(id) && !OF_SERVER.test(name)) sim.violate('I8', `${id} is in the trail and not in the log`)
  for (const id of logged) if (!seen.has(id)) sim.violate('I8', `${id} is in the log and not in the trail`)
}

/** I3: a person's commands take effect in the order in which they were made, unless a disk lost some of them meanwhile or they had to wait for others' work [B6]. */
function checkOrderMade(sim: SimWorld, log: readonly { device_id: string; n: number; command_id: string }[]): void {
  for (const client of sim.clients) {
    if (sim.liedTo.has(client.n)) continue
    const made = new Map(client.saved.map((s) => [s.id, s.orderMade]))
    const inOrder = log.filter((l) => l.device_id === client.deviceId).flatMap((l) => (sim.leftBehind.has(l.command_id) ? [] : (made.get(l.command_id) ?? [])))
    if (inOrder.some((order, i) => i > 0 && order < (inOrder[i - 1] ?? 0))) sim.violate('I3', `client ${client.n}: commands took effect as ${inOrder.join()}`)
  }
}

/** I6, I9: replays the trail and asks at each accepted command whether its actor could see what it changed, and decide what it decided. */
function checkRights(sim: SimWorld, trail: readonly Entry[]): void {
  const coverages = new Map<string, RowOf<'coverages'>>()
  const claimHouseholds = new Set<string>()
  const households = new Set<string>()
  for (const { table, row } of firmRows()) {
    if (table === 'coverages') coverages.set(row.id, row)
    if (table === 'households') households.add(row.id)
  }
  const revs = new Map<string, number>()
  for (const entry of trail) {
    const person = nameOf(entry.actor_id)
    const grounds = {
      coverages: [...coverages.values()],
      households: [...households],
      claimHouseholds: [...claimHouseholds],
      todayOn: localDateOf(Number(entry.received_at_ms), FIRM_ZONE),
    }
    if (person && entry.outcome === 'applied') checkEntry(sim, entry, person, levelsOf(grounds, people[person], person))
    if (entry.outcome === 'refused' && entry.changes.length > 0) sim.violate('C3', `${entry.command_id} was refused and changed rows`)
    for (const { table, before, after } of entry.changes) {
      const key = `${table} ${after.id}`
      const rev = revs.get(key) ?? before?.rev ?? 0
      if (after.rev !== rev + 1) sim.violate('I2', `${key} went from version ${rev} to ${after.rev}`)
      revs.set(key, after.rev)
      if (table === 'coverages') coverages.set(after.id, after as RowOf<'coverages'>)
      if (table === 'households') households.add(after.id)
      if (table === 'outcomeClaims') claimHouseholds.add((after as RowOf<'outcomeClaims'>).householdId)
      if (table === 'contactEntries' && (before as RowOf<'contactEntries'> | null)?.state === 'voided') sim.violate('I5', `${key} was voided and changed`)
    }
  }
}

const BY_HOUSEHOLD = /^(contact|follow-up|outcome|account)\/|^household\/edit$/

function checkEntry(sim: SimWorld, { name, changes, command_id }: Entry, person: PersonName, levels: ReadonlyMap<string, string>): void {
  for (const { table, before, after } of changes) {
    const householdId = table === 'households' ? after.id : (after as RowOf<'accounts'>).householdId
    if (BY_HOUSEHOLD.test(name) && householdId !== undefined && !levels.has(householdId))
      sim.violate('I6', `${person} changed ${table} ${after.id} by ${command_id} without seeing its household`)
    if (table !== 'outcomeClaims') continue
    const [was, is] = [before as RowOf<'outcomeClaims'> | null, after as RowOf<'outcomeClaims'>]
    const isDecided = is.state !== was?.state && ['confirmed', 'partlyConfirmed', 'rejected', 'returned'].includes(is.state)
    if ((isDecided || is.confirmedMinor !== (was?.confirmedMinor ?? 0)) && (person !== 'controller' || is.makerId === people.controller))
      sim.violate('I9', `${person} decided a claim by ${command_id}`)
  }
}

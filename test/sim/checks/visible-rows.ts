import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import type { AnyRow, RowOf, TableName } from '../../../shared/domain/tables.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { type PersonName, people } from '../server/sim-firm.ts'

/** All rows of the firm, as the database has them. */
export type Firm = ReadonlyMap<TableName, readonly AnyRow[]>

type Level = 'lead' | 'cover' | 'supervise' | 'control'

const SALES = ['households', 'persons', 'accounts', 'coverages', 'contactEntries', 'followUps', 'outcomeClaims']
const CONTROL = ['households', 'persons', 'accounts', 'outcomeClaims', 'verificationCases']
const FIRM = ['colleagues', 'teams', 'initiatives']
/** The day of the simulated firm; no run reaches midnight. */
export const TODAY = '2026-03-02'

const supervised: Readonly<Partial<Record<PersonName, readonly string[]>>> = { supervisor: [people.anna, people.bela], otherSupervisor: [people.cora] }

/** Why a person sees each household: written once more, apart from the server's own code, so that the two can differ. */
export function levelsOf(coverages: readonly RowOf<'coverages'>[], claimHouseholds: readonly string[], me: string, person: PersonName): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>()
  if (person === 'controller') return new Map(claimHouseholds.map((id) => [id, 'control']))
  const rank: readonly Level[] = ['supervise', 'cover', 'lead']
  for (const c of coverages) {
    if (c.fromOn > TODAY || (c.toOn !== null && c.toOn < TODAY)) continue
    const level = c.colleagueId === me ? (c.role === 'lead' ? 'lead' : 'cover') : supervised[person]?.includes(c.colleagueId) ? 'supervise' : null
    if (level && rank.indexOf(level) > rank.indexOf(levels.get(c.householdId) ?? 'control')) levels.set(c.householdId, level)
  }
  return levels
}

/** Every row that this person may see, by table and id, as canonical JSON. */
export function whatIsVisible(firm: Firm, me: string, role: Role, person: PersonName): ReadonlyMap<string, string> {
  const rows = <T extends TableName>(table: T) => (firm.get(table) ?? []) as readonly RowOf<T>[]
  const claimHouseholds = rows('outcomeClaims').map((c) => c.householdId)
  const levels = levelsOf(rows('coverages'), claimHouseholds, me, person)
  const entries = new Map(rows('contactEntries').map((e) => [e.id, e]))
  const mayRead = (entry: RowOf<'contactEntries'> | undefined, level: Level): boolean =>
    !entry?.isConfidential || level === 'lead' || entry.authorId === me || entry.colleagueIds.includes(me)
  const seen = new Map<string, string>()
  for (const [table, list] of firm) {
    for (const row of list) {
      const isSeen = FIRM.includes(table)
        ? true
        : table === 'feedFiles' || table === 'accountActivities'
          ? role === 'controller'
          : householdsOf(table, row).some((id) => {
              const level = levels.get(id)
              if (!level || !(level === 'control' ? CONTROL : SALES).includes(table)) return false
              if (table === 'contactEntries') return mayRead(row as RowOf<'contactEntries'>, level)
              if (level === 'control' || (table !== 'followUps' && table !== 'outcomeClaims')) return true
              const part = row as Partial<Pick<RowOf<'followUps'>, 'assigneeId' | 'authorId'> & Pick<RowOf<'outcomeClaims'>, 'makerId' | 'creditSplit'>> & {
                readonly entryId: string | null
              }
              const isParty = [part.assigneeId, part.authorId, part.makerId].includes(me) || (part.creditSplit ?? []).some((s) => s.colleagueId === me)
              return isParty || mayRead(entries.get(part.entryId ?? ''), level)
            })
      if (isSeen) seen.set(`${table} ${row.id}`, canonicalJson(row))
    }
  }
  return seen
}

function householdsOf(table: TableName, row: AnyRow): readonly string[] {
  if (table === 'households') return [row.id]
  if (table === 'persons') return (row as RowOf<'persons'>).memberships.map((m) => m.householdId)
  return [(row as RowOf<'accounts'>).householdId]
}

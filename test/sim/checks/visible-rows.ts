import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import type { AnyRow, RowOf, TableName } from '../../../shared/domain/tables.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { type PersonName, people } from '../server/sim-firm.ts'

/** All rows of the firm, as the database has them. */
export type Firm = ReadonlyMap<TableName, readonly AnyRow[]>

type Level = 'lead' | 'cover' | 'supervise' | 'control' | 'service' | 'comply'

const SERVICE = ['households', 'persons', 'accounts', 'coverages']
const SALES = [...SERVICE, 'contactEntries', 'followUps', 'outcomeClaims']
const CONTROL = ['households', 'persons', 'accounts', 'outcomeClaims', 'verificationCases']
const tablesOf: Readonly<Record<Level, readonly string[]>> = {
  lead: SALES,
  cover: SALES,
  supervise: SALES,
  control: CONTROL,
  service: SERVICE,
  comply: [...SALES, 'verificationCases'],
}
const FIRM = ['colleagues', 'teams', 'initiatives']

const supervised: Readonly<Partial<Record<PersonName, readonly string[]>>> = { supervisor: [people.anna, people.bela, people.dora], otherSupervisor: [people.cora] }

/** What access follows from. */
export interface Grounds {
  readonly coverages: readonly RowOf<'coverages'>[]
  readonly households: readonly string[]
  readonly claimHouseholds: readonly string[]
  readonly todayOn: string // the server's day
}

const officeLevels: Readonly<Partial<Record<PersonName, Level>>> = { controller: 'control', service: 'service', compliance: 'comply' }

/** Why a person sees each household: written once more, apart from the server's own code, so that the two can differ. */
export function levelsOf({ coverages, households, claimHouseholds, todayOn }: Grounds, me: string, person: PersonName): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>()
  const office = officeLevels[person]
  if (office) return new Map((office === 'control' ? claimHouseholds : households).map((id) => [id, office]))
  const rank: readonly Level[] = ['supervise', 'cover', 'lead']
  for (const c of coverages) {
    if (c.fromOn > todayOn || (c.toOn !== null && c.toOn < todayOn)) continue
    const level = c.colleagueId === me ? (c.role === 'lead' ? 'lead' : 'cover') : supervised[person]?.includes(c.colleagueId) ? 'supervise' : null
    if (level && rank.indexOf(level) > rank.indexOf(levels.get(c.householdId) ?? 'control')) levels.set(c.householdId, level)
  }
  return levels
}

/** Every row that this person may see, by table and id, as canonical JSON. */
export function whatIsVisible(firm: Firm, me: string, role: Role, person: PersonName, todayOn: string): ReadonlyMap<string, string> {
  const rows = <T extends TableName>(table: T) => (firm.get(table) ?? []) as readonly RowOf<T>[]
  const claimHouseholds = rows('outcomeClaims').map((c) => c.householdId)
  const households = rows('households').map(({ id }) => id)
  const levels = levelsOf({ coverages: rows('coverages'), households, claimHouseholds, todayOn }, me, person)
  const entries = new Map(rows('contactEntries').map((e) => [e.id, e]))
  const mayRead = (entry: RowOf<'contactEntries'> | undefined, level: Level): boolean =>
    !entry?.isConfidential || level === 'lead' || level === 'comply' || entry.authorId === me || entry.colleagueIds.includes(me)
  const seen = new Map<string, string>()
  for (const [table, list] of firm) {
    for (const row of list) {
      const isSeen = FIRM.includes(table)
        ? true
        : table === 'feedFiles' || table === 'accountActivities'
          ? role === 'controller' || role === 'compliance'
          : householdsOf(table, row).some((id) => {
              const level = levels.get(id)
              if (!level || !tablesOf[level].includes(table)) return false
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

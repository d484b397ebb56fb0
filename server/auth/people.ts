import { type RawBuilder, sql } from 'kysely'
import type { Colleague, Role } from '../../shared/domain/colleague/colleague.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { together } from '../db/together.ts'

type Known = Pick<Colleague, 'id' | 'role' | 'teamId' | 'managerId' | 'isActive'>

/** Roles of the sales line: who may cover households and be paid for outcomes. */
export const SALES_ROLES: readonly Role[] = ['advisor', 'specialist', 'banker', 'supervisor']

/** The firm's people and who reports to whom. */
export class People {
  readonly #colleagues: ReadonlyMap<string, Known>
  readonly #supervisorOfTeam: ReadonlyMap<string, string | null>
  readonly #supervised = new Map<string, readonly string[]>() // each pull of a supervisor asks

  constructor(colleagues: readonly Known[], teams: readonly { readonly id: string; readonly supervisorId: string | null }[]) {
    this.#colleagues = new Map(colleagues.map((c) => [c.id, c]))
    this.#supervisorOfTeam = new Map(teams.map((t) => [t.id, t.supervisorId]))
  }

  find(id: string): Known | undefined {
    return this.#colleagues.get(id)
  }

  isActive(id: string): boolean {
    return this.find(id)?.isActive ?? false
  }

  isSales(id: string): boolean {
    const colleague = this.find(id)
    return colleague !== undefined && SALES_ROLES.includes(colleague.role)
  }

  /** Everyone above a person: managers up to the head of the firm, and the supervisor of each one's team. */
  #superiorsOf(id: string): ReadonlySet<string> {
    const superiors = new Set<string>()
    const open = [id]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const colleague = this.find(next)
      const above = [colleague?.managerId, this.#supervisorOfTeam.get(colleague?.teamId ?? '')]
      for (const superior of above) {
        if (!superior || superior === id || superiors.has(superior)) continue
        superiors.add(superior)
        open.push(superior)
      }
    }
    return superiors
  }

  /** Whether `id` reports to `superiorId`, directly or through others. */
  reportsTo(id: string, superiorId: string): boolean {
    return this.#superiorsOf(id).has(superiorId)
  }

  /** Whether `supervisorId` looks after `id`: only the sales line supervises client work. */
  supervises(supervisorId: string, id: string): boolean {
    return this.isSales(supervisorId) && this.reportsTo(id, supervisorId)
  }

  listSupervised(supervisorId: string): readonly string[] {
    const known = this.#supervised.get(supervisorId)
    if (known) return known
    const found = this.isSales(supervisorId) ? [...this.#colleagues.keys()].filter((id) => this.reportsTo(id, supervisorId)) : []
    this.#supervised.set(supervisorId, found)
    return found
  }
}

const peopleOf = sql<Known>`SELECT id, role, team_id AS "teamId", manager_id AS "managerId", is_active AS "isActive" FROM colleagues`
const teamsOf = sql<{ id: string; supervisorId: string | null }>`SELECT id, supervisor_id AS "supervisorId" FROM teams`

export async function loadPeople(db: Db | Tx): Promise<People> {
  const [colleagues, teams] = await together(db, peopleOf, teamsOf)
  return new People(colleagues.rows, teams.rows)
}

/** A place in the order of commits. */
interface Moment {
  readonly epoch: string
  readonly seq: number
}

interface KnownPeople extends Moment {
  readonly people: People
}

/** The firm's people as this process saw them last. */
const lastSeen = new WeakMap<Db, KnownPeople>()

/** Whether any of them changed behind that number: each changed row has its newest number in the feed. */
export const peopleChangedSince = (seq: number): RawBuilder<{ isChanged: boolean }> =>
  sql`SELECT EXISTS (SELECT FROM feed WHERE seq > ${seq} AND table_name IN ('colleagues', 'teams')) AS "isChanged"`

interface PeopleQuestion {
  readonly guess: People | null // as they were last known
  readonly question: RawBuilder<{ isChanged: boolean }>
  readonly people: (tx: Tx, now: Moment, isChanged: boolean) => Promise<People>
}

/**
 * The firm's people at the moment that a transaction sees, out of memory where the feed says that none of them has changed since.
 * Two steps, so that the question can travel with others: the statement to send, then what to make of its answer.
 */
export function askForPeople(db: Db): PeopleQuestion {
  const known = lastSeen.get(db)
  return {
    guess: known?.people ?? null,
    question: peopleChangedSince(known?.seq ?? 0),
    people: async (tx, { epoch, seq }, isChanged) => {
      const isCurrent = known?.epoch === epoch && known.seq <= seq && !isChanged // known.seq > seq: seen by a later transaction
      const people = isCurrent ? known.people : await loadPeople(tx)
      const newest = lastSeen.get(db)
      if (newest?.epoch !== epoch || newest.seq < seq) lastSeen.set(db, { epoch, seq, people })
      return people
    },
  }
}

/** As after a restart. */
export const forgetPeople = (db: Db): void => void lastSeen.delete(db)

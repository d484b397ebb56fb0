import type { Colleague, Role } from '../../shared/domain/colleague/colleague.ts'
import type { Db, Tx } from '../db/open-database.ts'

type Known = Pick<Colleague, 'id' | 'role' | 'teamId' | 'managerId' | 'isActive'>

/** Roles of the sales line: who may cover households and be paid for outcomes. */
export const SALES_ROLES: readonly Role[] = ['advisor', 'specialist', 'banker', 'supervisor']

/** The firm's people and who reports to whom. */
export class People {
  readonly #colleagues: ReadonlyMap<string, Known>
  readonly #supervisorOfTeam: ReadonlyMap<string, string | null>

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
    if (!this.isSales(supervisorId)) return []
    return [...this.#colleagues.keys()].filter((id) => this.reportsTo(id, supervisorId))
  }
}

export async function loadPeople(db: Db | Tx): Promise<People> {
  const colleagues = await db.selectFrom('colleagues').select(['id', 'role', 'team_id as teamId', 'manager_id as managerId', 'is_active as isActive']).execute()
  const teams = await db.selectFrom('teams').select(['id', 'supervisor_id as supervisorId']).execute()
  return new People(colleagues, teams)
}

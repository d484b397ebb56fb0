import type { CommandName } from '../../../shared/commands/registry.ts'
import { canRoleUse, roleCommands } from '../../../shared/domain/access/role-commands.ts'
import { partiesOf } from '../../../shared/domain/outcome/outcome-claim.ts'
import type { RowOf } from '../../../shared/domain/tables.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { People } from '../../auth/people.ts'
import { SERVER_DEVICE_ID } from '../entry-hash.ts'
import type { Change, Entry } from './export-format.ts'

type Report = (problem: string, detail: string) => void
type Claim = RowOf<'outcomeClaims'>

const PEOPLE: ReadonlySet<string> = new Set(['colleagues', 'teams'])

/**
 * Whether whoever gave an accepted command had the role for it, and the independence, by what the trail says of the firm's people (K5).
 * Rows tell how they are now: who can write the database can lend somebody a role for a minute, and nothing shows it afterwards.
 */
export class PeopleProof {
  readonly #colleagues = new Map<string, RowOf<'colleagues'>>()
  readonly #teams = new Map<string, RowOf<'teams'>>()
  #people: People | null = null // null = to be put together anew

  check(entry: Entry, report: Report): void {
    if (entry.outcome === 'refused') return
    const ofPeople = entry.changes.filter(({ table }) => PEOPLE.has(table))
    if (entry.device_id === SERVER_DEVICE_ID) this.#take(ofPeople)
    else {
      if (ofPeople.length > 0) report('not-the-server', 'a person changes who the firm’s people are')
      this.#checkRole(entry, report)
      this.#checkDecisions(entry, report)
    }
  }

  #take(changes: readonly Change[]): void {
    for (const { table, after } of changes) {
      if (table === 'teams') this.#teams.set(after.id, after as unknown as RowOf<'teams'>)
      else this.#colleagues.set(after.id, after as unknown as RowOf<'colleagues'>)
    }
    if (changes.length > 0) this.#people = null
  }

  #checkRole({ actor_id, name }: Entry, report: Report): void {
    const colleague = this.#colleagues.get(actor_id ?? '')
    if (!colleague?.isActive) report('role-lent', 'who gave it was nobody of the firm')
    else if (!Object.hasOwn(roleCommands, name) || !canRoleUse(colleague.role, name as CommandName))
      report('role-lent', `its person had the role ${colleague.role}, which may not give ${name}`)
  }

  /** What counts changes by nothing but a decision about this very claim, by somebody who is independent of it. */
  #checkDecisions({ actor_id: actorId, name, args, changes }: Entry, report: Report): void {
    const named = typeof args === 'object' && args !== null && 'id' in args ? args.id : null
    for (const change of changes) {
      if (change.table !== 'outcomeClaims' || !isDecided(change)) continue
      const claim = change.after as unknown as Claim
      if (!name.startsWith('verification/') || claim.id !== named) report('not-a-decision', `it decides claim ${claim.id} by the way`)
      else if (!actorId || this.#isParty(actorId, claim)) report('four-eyes', `who decided claim ${claim.id} has a part in it, or reports to somebody who has`)
    }
  }

  #isParty(actorId: string, claim: Claim): boolean {
    this.#people ??= new People([...this.#colleagues.values()], [...this.#teams.values()])
    const people = this.#people
    return partiesOf(claim).some((party) => party === actorId || people.reportsTo(actorId, party))
  }
}

const VERDICTS: ReadonlySet<string> = new Set(['approved', 'confirmed', 'partlyConfirmed', 'rejected', 'returned'])

/** What a claim says of its decision. Matching and its maker leave it as it was; a new claim has none. */
const decisionOf = (row: Claim | null): unknown => ({
  confirmedMinor: row?.confirmedMinor ?? 0,
  fundedMinor: row?.fundedMinor ?? 0,
  decision: row?.decision ?? null,
  verdicts: row?.history.filter(({ what }) => VERDICTS.has(what)) ?? [],
})

const isDecided = ({ before, after }: Change): boolean => canonicalJson(decisionOf(before as unknown as Claim | null)) !== canonicalJson(decisionOf(after as unknown as Claim))

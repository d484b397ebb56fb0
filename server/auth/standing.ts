import { isCoverageActive } from '../../shared/domain/coverage/coverage.ts'
import type { FollowUp } from '../../shared/domain/follow-up/follow-up.ts'
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { AccessLevel } from '../../shared/sync/pull.ts'
import type { BatchRows } from '../sync/batch-rows.ts'
import { type Actor, accessThroughCoverage, officeAccess } from './access.ts'
import { mayReadPart } from './entry-parts.ts'
import type { People } from './people.ts'

export const notFound = appError('access/not-found')

/** Where an actor stands towards households and colleagues, on the server's own rows and day. */
export class Standing {
  readonly actor: Actor
  readonly people: People
  readonly rows: BatchRows
  readonly todayOn: LocalDate

  constructor(actor: Actor, people: People, rows: BatchRows, todayOn: LocalDate) {
    this.actor = actor
    this.people = people
    this.rows = rows
    this.todayOn = todayOn
  }

  /** Why the actor sees the household: a level, 'ended', or null for neither. Controllers count as seeing any that has claims: commands of theirs name claims. */
  accessTo(householdId: string): AccessLevel | 'ended' | null {
    if (!this.rows.find('households', householdId)) return null
    return officeAccess[this.actor.role] ?? accessThroughCoverage(this.actor, this.rows.coveragesOf(householdId), this.people, this.todayOn)
  }

  sees(householdId: string): boolean {
    return this.seeing(householdId) === null
  }

  /** null where the actor sees the household; absent and invisible give the same refusal (rule C4). */
  seeing(householdId: string): AppError | null {
    const access = this.accessTo(householdId)
    if (access === 'ended') return appError('access/coverage-ended')
    return access === null ? notFound : null
  }

  /** null where the actor may read the follow-up or claim, its household and the entry it came from included. */
  seeingPart(table: 'followUps' | 'outcomeClaims', row: FollowUp | OutcomeClaim): AppError | null {
    const access = this.accessTo(row.householdId)
    if (access === null || access === 'ended') return this.seeing(row.householdId)
    const entry = this.rows.find('contactEntries', row.entryId ?? '')
    return mayReadPart(table, row, entry, this.actor.id, access) ? null : notFound
  }

  covers(colleagueId: string, householdId: string): boolean {
    return this.rows.coveragesOf(householdId).some((c) => c.colleagueId === colleagueId && isCoverageActive(c, this.todayOn))
  }

  leads(householdId: string): boolean {
    return this.accessTo(householdId) === 'lead'
  }

  /** Whether the actor supervises someone who covers the household today. */
  supervisesHousehold(householdId: string): boolean {
    return this.rows.coveragesOf(householdId).some((c) => isCoverageActive(c, this.todayOn) && this.people.supervises(this.actor.id, c.colleagueId))
  }
}

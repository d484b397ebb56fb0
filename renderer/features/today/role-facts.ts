import { isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import { isClaimDecidable } from '../../../shared/domain/outcome/outcome-claim.ts'
import { addDays, type LocalDate } from '../../../shared/lib/local-date.ts'
import type { ReplicaView } from '../../db/replica-view.ts'

const DAY_MS = 86_400_000

/** What compliance watches: how promptly contacts are logged, what was voided, what was decided. */
export function countForCompliance(view: ReplicaView, nowMs: number) {
  const entries = view.listEntryFacts()
  const recent = entries.filter((e) => e.recordedAtMs >= nowMs - 7 * DAY_MS)
  const claims = view.list('outcomeClaims')
  return {
    entries7: recent.length,
    late7: recent.filter((e) => e.recordedAtMs - e.occurredAtMs > DAY_MS).length,
    voided30: entries.filter((e) => e.state === 'voided' && e.occurredAtMs >= nowMs - 30 * DAY_MS).length,
    decisions30: claims.filter((c) => c.decision && c.decision.atMs >= nowMs - 30 * DAY_MS).length,
    openClaims: claims.filter((c) => isClaimDecidable(c.state)).length,
  }
}

/** The day in `year` on which someone born on `birthOn` celebrates: 1 March for 29 February in a common year. */
function birthdayIn(year: number, birthOn: LocalDate): LocalDate {
  const isLeapYear = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  return birthOn.endsWith('-02-29') && !isLeapYear ? `${year}-03-01` : `${year}${birthOn.slice(4)}`
}

/** Whether a birthday falls on `todayOn` or one of the `days` after it. */
export function isBirthdayWithin(birthOn: LocalDate, todayOn: LocalDate, days: number): boolean {
  const year = Number(todayOn.slice(0, 4))
  return [year, year + 1].map((y) => birthdayIn(y, birthOn)).some((on) => on >= todayOn && on <= addDays(todayOn, days))
}

/** What client service keeps whole: a lead and a head for every household, and who has a birthday. */
export function countForService(view: ReplicaView, todayOn: LocalDate) {
  const led = new Set(
    view
      .list('coverages')
      .filter((c) => c.role === 'lead' && isCoverageActive(c, todayOn))
      .map((c) => c.householdId),
  )
  const households = view.list('households').filter((h) => h.relationship !== 'former')
  return {
    households: households.length,
    withoutLead: households.filter((h) => !led.has(h.id)).length,
    withoutHead: households.filter((h) => h.headPersonId === null).length,
    birthdays14: view.list('persons').filter((p) => p.birthOn !== null && isBirthdayWithin(p.birthOn, todayOn, 14)).length,
  }
}

/** Initiatives that run or begin within 90 days. */
export function countForMarketing(view: ReplicaView, todayOn: LocalDate) {
  const initiatives = view.list('initiatives')
  return {
    running: initiatives.filter((i) => i.fromOn <= todayOn && todayOn <= i.toOn).length,
    upcoming: initiatives.filter((i) => i.fromOn > todayOn && i.fromOn <= addDays(todayOn, 90)).length,
  }
}

export function countForAdmin(view: ReplicaView) {
  const teams = view.list('teams')
  return {
    colleagues: view.list('colleagues').filter((c) => c.isActive).length,
    teams: teams.length,
    teamsWithoutSupervisor: teams.filter((team) => team.supervisorId === null).length,
  }
}

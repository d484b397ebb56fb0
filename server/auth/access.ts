import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { type Coverage, isCoverageActive } from '../../shared/domain/coverage/coverage.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { AccessLevel } from '../../shared/sync/pull.ts'
import { type People, SALES_ROLES } from './people.ts'

/** The time zone of the firm's calendar: on its day a coverage begins and ends. */
export const FIRM_ZONE = 'Europe/Vienna'

/** Roles that see households by office, not by coverage. Marketing and administrators see none. */
export const officeAccess: Readonly<Partial<Record<Colleague['role'], AccessLevel>>> = { service: 'service', compliance: 'comply', controller: 'control' }

export interface Actor {
  readonly id: string
  readonly role: Colleague['role']
}

/** Why an actor sees a household, given all coverages of it; 'ended' = only through a coverage that is over. */
export function accessThroughCoverage(actor: Actor, coverages: readonly Coverage[], people: People, todayOn: LocalDate): AccessLevel | 'ended' | null {
  if (!SALES_ROLES.includes(actor.role)) return null
  const active = coverages.filter((c) => isCoverageActive(c, todayOn))
  const own = active.filter((c) => c.colleagueId === actor.id)
  if (own.some((c) => c.role === 'lead')) return 'lead'
  if (own.length > 0) return 'cover'
  if (active.some((c) => people.supervises(actor.id, c.colleagueId))) return 'supervise'
  const hadOne = coverages.some((c) => c.colleagueId === actor.id && c.toOn !== null && c.toOn < todayOn)
  return hadOne ? 'ended' : null
}

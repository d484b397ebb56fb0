import { z } from 'zod'
import type { LocalDate } from '../../lib/local-date.ts'
import { dayField, idField, revField } from '../common/fields.ts'

export const coverageRoleSchema = z.enum(['lead', 'specialist', 'banker', 'associate', 'service'])

/** Who may and must contact a household, from a day to a day (both included). */
export const coverageSchema = z.strictObject({
  id: idField,
  householdId: idField,
  colleagueId: idField,
  role: coverageRoleSchema,
  fromOn: dayField,
  toOn: dayField.nullable(), // last day; null = open
  rev: revField,
})
export type Coverage = Readonly<z.infer<typeof coverageSchema>>

export const isCoverageActive = (coverage: Pick<Coverage, 'fromOn' | 'toOn'>, todayOn: LocalDate): boolean =>
  coverage.fromOn <= todayOn && (coverage.toOn === null || todayOn <= coverage.toOn)

/** Whether some day lies in both: then one of the two first days does. One that was taken back before it began has no day at all. */
export const doCoveragesOverlap = (a: Pick<Coverage, 'fromOn' | 'toOn'>, b: Pick<Coverage, 'fromOn' | 'toOn'>): boolean =>
  [a.fromOn, b.fromOn].some((day) => isCoverageActive(a, day) && isCoverageActive(b, day))

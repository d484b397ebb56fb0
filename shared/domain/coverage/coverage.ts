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

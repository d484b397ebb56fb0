import type { z } from 'zod'
import { accountSchema } from './account/account.ts'
import { colleagueSchema } from './colleague/colleague.ts'
import { contactEntrySchema } from './contact/contact-entry.ts'
import { coverageSchema } from './coverage/coverage.ts'
import { accountActivitySchema } from './feed/account-activity.ts'
import { feedFileSchema } from './feed/feed-file.ts'
import { followUpSchema } from './follow-up/follow-up.ts'
import { householdSchema } from './household/household.ts'
import { initiativeSchema } from './initiative/initiative.ts'
import { outcomeClaimSchema } from './outcome/outcome-claim.ts'
import { personSchema } from './person/person.ts'
import { teamSchema } from './team/team.ts'
import { verificationCaseSchema } from './verification/verification-case.ts'

/** Every replicated table, in the order in which rows may be written (referenced tables first). */
export const tableSchemas = {
  colleagues: colleagueSchema,
  teams: teamSchema,
  initiatives: initiativeSchema,
  households: householdSchema,
  persons: personSchema,
  accounts: accountSchema,
  coverages: coverageSchema,
  contactEntries: contactEntrySchema,
  followUps: followUpSchema,
  outcomeClaims: outcomeClaimSchema,
  verificationCases: verificationCaseSchema,
  feedFiles: feedFileSchema,
  accountActivities: accountActivitySchema,
} as const

export type TableName = keyof typeof tableSchemas
export type RowOf<T extends TableName> = Readonly<z.infer<(typeof tableSchemas)[T]>>
export type AnyRow = { [T in TableName]: RowOf<T> }[TableName]
export const tableNames = Object.keys(tableSchemas) as readonly TableName[]

/**
 * The households through which a row is seen. 'firm' rows belong to none: who reads them is decided by role alone.
 * A person of two households is seen through either; a bank line only by role.
 */
export function householdsOfRow(table: TableName, row: AnyRow): 'firm' | readonly string[] {
  switch (table) {
    case 'colleagues':
    case 'teams':
    case 'initiatives':
    case 'feedFiles':
    case 'accountActivities':
      return 'firm'
    case 'households':
      return [row.id]
    case 'persons':
      return [...new Set((row as RowOf<'persons'>).memberships.map((m) => m.householdId))]
    default:
      return [(row as RowOf<'accounts'>).householdId]
  }
}

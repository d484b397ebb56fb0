import type { AccessLevel } from '../../sync/pull.ts'
import type { Role } from '../colleague/colleague.ts'
import type { RowOf, TableName } from '../tables.ts'

const CLIENT_DATA = ['households', 'persons', 'accounts', 'coverages'] as const
const SALES = [...CLIENT_DATA, 'contactEntries', 'followUps', 'outcomeClaims'] as const

/** The tables that a person sees inside a household, by why they see it. */
export const householdTables: Readonly<Record<AccessLevel, readonly TableName[]>> = {
  lead: SALES,
  cover: SALES,
  supervise: SALES,
  service: CLIENT_DATA,
  control: ['households', 'persons', 'accounts', 'outcomeClaims', 'verificationCases'],
  comply: [...SALES, 'verificationCases'],
}

/** The firm's own tables that a role sees. */
export function firmTables(role: Role): readonly TableName[] {
  if (role === 'controller' || role === 'compliance') return ['colleagues', 'teams', 'initiatives', 'feedFiles', 'accountActivities']
  return ['colleagues', 'teams', 'initiatives']
}

/** Confidential entries are for their attendees of our side, their author, the lead and compliance. */
export function mayReadEntry(entry: Pick<RowOf<'contactEntries'>, 'isConfidential' | 'colleagueIds' | 'authorId'>, actorId: string, access: AccessLevel): boolean {
  if (!entry.isConfidential || access === 'lead' || access === 'comply') return true
  return entry.authorId === actorId || entry.colleagueIds.includes(actorId)
}

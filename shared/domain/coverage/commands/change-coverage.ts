import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { addDays } from '../../../lib/local-date.ts'
import { ok } from '../../../lib/result.ts'
import { dayField, idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { coverageSchema, doCoveragesOverlap } from '../coverage.ts'

/** Gives someone the right and the duty to contact a household. One lead at a time. */
export const grantCoverage = defineCommand({
  name: 'coverage/grant',
  version: 1,
  schema: coverageSchema.omit({ rev: true }),
  reads: (args, rows) => {
    const lead = rows.find('households', args.householdId)?.leadCoverageId
    return [{ table: 'coverages', id: args.id }, { table: 'households', id: args.householdId }, ...(lead ? [{ table: 'coverages', id: lead } as const] : [])]
  },
  apply(tx, args) {
    const household = tx.find('households', args.householdId)
    if (!household) return refuse('access/not-found')
    if (tx.find('coverages', args.id)) return refuse('conflict/exists')
    if (args.toOn !== null && args.toOn < args.fromOn) return refuse('coverage/dates')
    if (args.role === 'lead') {
      const lead = household.leadCoverageId === null ? undefined : tx.find('coverages', household.leadCoverageId)
      if (lead && doCoveragesOverlap(lead, args)) return refuse('coverage/lead-exists')
      tx.put('households', { ...household, leadCoverageId: args.id })
    }
    tx.put('coverages', args)
    return ok(undefined)
  },
})

/** Ends a coverage with a last day, which may be the day before its first (never effective); granting again is its inverse. */
export const endCoverage = defineCommand({
  name: 'coverage/end',
  version: 1,
  schema: z.strictObject({ id: idField, toOn: dayField }),
  reads: (args) => [{ table: 'coverages', id: args.id }],
  apply(tx, args) {
    const coverage = tx.find('coverages', args.id)
    if (!coverage) return refuse('access/not-found')
    if (coverage.toOn !== null && coverage.toOn <= args.toOn) return refuse('coverage/ended')
    if (args.toOn < addDays(coverage.fromOn, -1)) return refuse('coverage/dates')
    tx.put('coverages', { ...coverage, toOn: args.toOn })
    return ok(undefined)
  },
})

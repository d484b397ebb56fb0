import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { refuse } from '../../common/refuse.ts'
import { coverageSchema } from '../../coverage/coverage.ts'
import { householdSchema } from '../household.ts'

const { rev: _rev, leadCoverageId: _lead, headPersonId: _head, ...stated } = householdSchema.shape

/** A new household with its first lead, so that from the first moment somebody answers for it. */
export const addHousehold = defineCommand({
  name: 'household/add',
  version: 1,
  schema: householdSchema.pick({ id: true }).extend({ ...stated, lead: coverageSchema.pick({ id: true, colleagueId: true, fromOn: true }).strict() }),
  reads: (args) => [
    { table: 'households', id: args.id },
    { table: 'coverages', id: args.lead.id },
  ],
  apply(tx, args) {
    if (tx.find('households', args.id) || tx.find('coverages', args.lead.id)) return refuse('conflict/exists')
    const { lead, ...household } = args
    tx.put('households', { ...household, headPersonId: null, leadCoverageId: lead.id })
    tx.put('coverages', { ...lead, householdId: args.id, role: 'lead', toOn: null })
    return ok(undefined)
  },
})

import { defineCommand } from '../../../commands/define-command.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { newFollowUpSchema, openFollowUp } from '../open-follow-up.ts'

/** A promise outside a contact entry. */
export const addFollowUp = defineCommand({
  name: 'follow-up/add',
  version: 1,
  schema: newFollowUpSchema.extend({ householdId: idField }),
  reads: (args) => [
    { table: 'followUps', id: args.id },
    { table: 'households', id: args.householdId },
  ],
  apply(tx, args, context) {
    if (!tx.find('households', args.householdId)) return refuse('access/not-found')
    return openFollowUp(tx, { ...args, entryId: null }, context)
  },
})

import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import { ok } from '../../../lib/result.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { householdSchema } from '../household.ts'

const { rev: _rev, id: _id, leadCoverageId: _lead, headPersonId: _head, ...editable } = householdSchema.shape

/** Changes a household's own data; who leads it follows coverage, who heads it follows its members. */
export const editHousehold = defineCommand({
  name: 'household/edit',
  version: 1,
  schema: z.strictObject({ id: idField, edits: editsOf(editable) }),
  reads: (args) => [{ table: 'households', id: args.id }],
  apply(tx, args) {
    const household = tx.find('households', args.id)
    if (!household) return refuse('access/not-found')
    const edited = applyEdits(household, args.edits)
    if (!edited.ok) return edited
    tx.put('households', edited.value)
    return ok(undefined)
  },
})

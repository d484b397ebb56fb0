import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { refuse } from '../../common/refuse.ts'
import { initiativeSchema } from '../initiative.ts'

/** A sponsorship, event or promotion under which contacts are filed. */
export const addInitiative = defineCommand({
  name: 'initiative/add',
  version: 1,
  schema: initiativeSchema.omit({ rev: true }),
  reads: (args) => [{ table: 'initiatives', id: args.id }],
  apply(tx, args) {
    if (tx.find('initiatives', args.id)) return refuse('conflict/exists')
    if (args.toOn < args.fromOn) return refuse('initiative/dates')
    tx.put('initiatives', args)
    return ok(undefined)
  },
})

import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { isCleanLine } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { feedFileSchema } from '../../feed/feed-file.ts'

/**
 * A statement file came in. Here it is only received: the server, in the same transaction, reads the uploaded bytes
 * named by the hash, imports whole statements or quarantines them, and looks for proposals.
 */
export const importFeed = defineCommand({
  name: 'verification/import',
  version: 1,
  schema: z.strictObject({
    ...feedFileSchema.pick({ id: true, sha256: true }).shape,
    name: feedFileSchema.shape.name.refine(isCleanLine, { message: 'line' }), // a name from outside: nothing in it may turn a line around or break it
    sizeBytes: feedFileSchema.shape.sizeBytes,
  }),
  reads: (args) => [{ table: 'feedFiles', id: args.id }],
  apply(tx, args, context) {
    if (tx.find('feedFiles', args.id)) return refuse('conflict/exists')
    tx.put('feedFiles', {
      ...args,
      importedById: context.actorId,
      importedAtMs: context.receivedAtMs ?? context.madeAtMs,
      state: 'received',
      format: null,
      statementCount: 0,
      lineCount: 0,
      proposalCount: 0,
      quarantined: [],
    })
    return ok(undefined)
  },
})

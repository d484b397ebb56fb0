import { z } from 'zod'
import { idField } from '../../../shared/domain/common/fields.ts'
import { type TableName, tableNames } from '../../../shared/domain/tables.ts'
import { appError } from '../../../shared/errors/error-codes.ts'
import { err, ok } from '../../../shared/lib/result.ts'
import { rebuildVersions, recordVersionSchema } from '../../audit/rebuild-versions.ts'
import { checkFresh } from '../../auth/step-up.ts'
import { withActor } from '../../db/with-actor.ts'
import { callerRoute, type Route } from '../define-route.ts'

const versionsRequestSchema = z.strictObject({ protocol: z.int().positive(), table: z.enum(tableNames as [TableName, ...TableName[]]), id: idField })
const versionsResponseSchema = z.strictObject({ versions: z.array(recordVersionSchema) })

export const auditRoutes: readonly Route[] = [
  callerRoute(
    {
      method: 'POST',
      path: '/v1/audit/versions',
      summary: 'Every version of a record',
      description:
        'For compliance: all versions that the record ever had, oldest first, each with the entry of the trail and the command that made it, who did it, when it was made and when it was received. A record that never was has none. Asked within 15 minutes after a sign-in; refreshing is none.',
      request: versionsRequestSchema,
      response: versionsResponseSchema,
      errors: ['access/role', 'session/step-up-needed', 'sync/client-too-old', 'request/too-many'],
    },
    async (deps, { table, id }, caller) => {
      if (caller.actor.role !== 'compliance') return err(appError('access/role'))
      const stale = checkFresh(caller, deps.nowMs())
      if (stale) return err(stale)
      return ok({ versions: [...(await withActor(deps.db, null, (tx) => rebuildVersions(tx, table, id)))] })
    },
  ),
]

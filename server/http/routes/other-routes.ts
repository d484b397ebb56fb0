import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import { sha256Field } from '../../../shared/domain/common/fields.ts'
import { appError } from '../../../shared/errors/error-codes.ts'
import { sha256OfBytes, storeBlob } from '../../files/blob-store.ts'
import type { RawRoute } from '../define-route.ts'
import { openStream } from '../event-stream.ts'
import { callerOf, sendError } from '../request-parts.ts'

const FILE_MAX_BYTES = 20 * 1_024 * 1_024

export const eventsRoute: RawRoute = {
  kind: 'raw',
  hasCaller: true,
  method: 'GET',
  path: '/v1/sync/events',
  summary: 'Hear of changes',
  description:
    'A stream of server-sent events. `event: changed` with data `{"head": number}` comes once at the start and whenever something was committed: pull to learn what. With `?pages=1`, once the device has pulled behind the stream, `event: page` comes in its place: data { from, sinceN, headSize, page }, where `page` is the answer to a pull from `from`. Take it only if that is where you stand, else pull. A comment line comes every 15 seconds. The stream ends with the access token: refresh, then open it again.',
  errors: [],
  rateLimited: false, // a device has four at most
  responseContent: 'text/event-stream',
  handle: async (deps, request, reply) => openStream(deps, callerOf(request), request, reply),
}

export const filesRoute: RawRoute = {
  kind: 'raw',
  hasCaller: true,
  method: 'PUT',
  path: '/v1/files/:sha256',
  summary: 'Upload a file',
  description:
    "Keeps the bytes (at most 20 MB) under their hex SHA-256, which a command then names: a statement file for 'verification/import', a signed letter for 'verification/confirm'. Sending the same file again changes nothing. For roles that may import or attach.",
  errors: ['access/role', 'request/malformed', 'request/too-large', 'request/too-many'],
  bodyLimitBytes: FILE_MAX_BYTES,
  requestContent: 'application/octet-stream',
  responseContent: null,
  refuses: ({ actor }) => (canRoleUse(actor.role, 'verification/import') ? null : appError('access/role')),
  handle: async (deps, request, reply) => {
    const sha256 = sha256Field.safeParse((request.params as { sha256?: string }).sha256)
    const bytes = request.body
    if (!sha256.success || !Buffer.isBuffer(bytes))
      return sendError(reply, appError('request/malformed', { path: 'sha256', problem: 'a hex SHA-256 and application/octet-stream are needed' }))
    if (sha256OfBytes(bytes) !== sha256.data) return sendError(reply, appError('request/malformed', { path: 'sha256', problem: 'the bytes have another hash' }))
    await storeBlob(deps.db, bytes, deps.nowMs())
    return reply.code(204).send()
  },
}

export const livezRoute: RawRoute = {
  kind: 'raw',
  hasCaller: false,
  method: 'GET',
  path: '/livez',
  summary: 'Is the process alive',
  description: 'Answers without asking the database.',
  errors: [],
  responseContent: 'text/plain',
  handle: async (_deps, _request, reply) => reply.type('text/plain').send('ok'),
}

export const readyzRoute: RawRoute = {
  kind: 'raw',
  hasCaller: false,
  method: 'GET',
  path: '/readyz',
  summary: 'May work be sent here',
  description:
    "503 'server/unavailable' while the server is stopping or its database does not answer; 503 'server/history-differs' while its trail is not the one that the witness file knows.",
  errors: ['server/unavailable', 'server/history-differs'],
  responseContent: 'text/plain',
  handle: async (deps, _request, reply) => {
    if (deps.isDraining()) return sendError(reply, appError('server/unavailable'))
    if (deps.hasHistoryAlarm?.()) return sendError(reply, appError('server/history-differs'))
    await deps.db.selectFrom('head').select('seq').executeTakeFirstOrThrow()
    return reply.type('text/plain').send('ok')
  },
}

import { appError } from '../../../shared/errors/error-codes.ts'
import { err, ok } from '../../../shared/lib/result.ts'
import { encodePackedPage, PACKED_PAGE_ROWS } from '../../../shared/sync/packed-page.ts'
import { PULL_PAGE_ROWS, PUSH_MAX_COMMANDS } from '../../../shared/sync/protocol.ts'
import { pullRequestSchema, pullResponseSchema, snapshotRequestSchema } from '../../../shared/sync/pull.ts'
import { pushRequestSchema, pushResponseSchema } from '../../../shared/sync/push.ts'
import { reach } from '../../../shared/testing/fault-point.ts'
import { hop } from '../../../shared/testing/hop.ts'
import { executeBatch } from '../../sync/execute-batch.ts'
import { pullChanges } from '../../sync/pull.ts'
import { readSnapshot } from '../../sync/snapshot.ts'
import { bytesRoute, callerRoute, type Route } from '../define-route.ts'

const PUSH_MAX_BYTES = 4 * 1_024 * 1_024

export const syncRoutes: readonly Route[] = [
  callerRoute(
    {
      method: 'POST',
      path: '/v1/sync/push',
      summary: 'Send commands',
      description:
        `Takes up to ${PUSH_MAX_COMMANDS} commands of this device in order. Each has a UUID of its own and a number \`n\`: the device counts its commands from 1 without gaps, so the next one is \`lastN\` + 1 (from sign-in, or from the last answer). ` +
        'Every command takes effect exactly once: sending it again with the same id, `n` and content gives the stored answer, so after a lost connection simply send again. ' +
        'Each is signed by the device’s Ed25519 key over these lines: "rapport/command/1", device id, n, id, name, version, hex SHA-256 of the arguments as JSON with sorted keys, madeAtMs, and the hash before. The SHA-256 of that text is the hash that the next command names; `lastHash` is the one at `lastN`. ' +
        "Each outcome is 'applied' or 'refused' with an error; both are final, a refused command has used up its `n`, and those behind it go on. " +
        "409 'sync/gap' carries `lastN`: continue from there. 409 'feed/file-missing' means that a command names a file which is not uploaded (PUT /v1/files/{sha256}); commands before it were taken, send the rest again after the upload. " +
        'Names and arguments of all commands are listed in the schemas `command:<name>@<version>`.',
      request: pushRequestSchema,
      response: pushResponseSchema,
      errors: [
        'sync/gap',
        'sync/reused-id',
        'sync/bad-signature',
        'server/history-differs',
        'sync/client-too-old',
        'feed/file-missing',
        'session/device-revoked',
        'request/too-large',
        'request/too-many',
      ],
      bodyLimitBytes: PUSH_MAX_BYTES,
    },
    async (deps, body, caller) => {
      if (deps.hasHistoryAlarm?.()) return err(appError('server/history-differs'))
      const receivedAtMs = deps.nowMs()
      const mayWait = new Set(body.mayWait)
      const batch = { deviceId: caller.deviceId, actor: caller.actor, envelopes: body.commands, receivedAtMs: () => receivedAtMs, mayWait }
      const execute = () => executeBatch(deps.executor, batch)
      const hasFile = body.commands.some(({ name }) => name === 'verification/import') // it is read elsewhere, for many seconds
      const answer = await (deps.pushTurns && !hasFile ? deps.pushTurns.run(body.commands.length, execute) : execute())
      reach('server.push.committed')
      return answer
    },
  ),
  callerRoute(
    {
      method: 'POST',
      path: '/v1/sync/pull',
      summary: 'Fetch changes',
      description:
        'Rows that changed behind `cursor` and that this person may see, oldest first. Begin with `cursor: null`: the answer has the position of now, the scope and no rows; fetch those with snapshot, then pull from that cursor. ' +
        `A page has at most ${PULL_PAGE_ROWS} changes; while \`hasMore\` is true, pull again with the new \`cursor\`. Store a page's rows and its cursor together. Replace a row only by one with a higher \`seq\`; \`row: null\` says to remove it. ` +
        'Send back `scopeHash`: where it is no longer right, `scope` lists all households and why they are seen; remove those that are gone or seen for another reason, and fetch the new ones by snapshot. ' +
        '`lastN` is the last command of this device whose effect is within the rows so far; `outcomes` are the answers to its commands after `sinceN`. Another `epoch` means that the server was restored from a backup: start over with `cursor: null` and send unsettled commands again.',
      request: pullRequestSchema,
      response: pullResponseSchema,
      errors: ['sync/client-too-old', 'request/too-many'],
    },
    async (deps, body, caller) => {
      const answer = await pullChanges(deps.db, caller, body, deps.nowMs())
      deps.followers.note(caller.deviceId, answer)
      hop('server.pull.answering')
      return ok({ ...answer } as never)
    },
  ),
  bytesRoute(
    {
      method: 'POST',
      path: '/v1/sync/snapshot',
      summary: 'Fetch all rows of households, or of the firm',
      description:
        'All rows that this person may see in the named households, or with an empty list the rows of the firm (colleagues, teams, initiatives; for controllers and compliance also statement files and bank lines). ' +
        'Comes in pages: pass `next` as `after` until it is null. The server keeps nothing between pages, so a stopped snapshot goes on from the last `next`. A household outside the scope is answered like one that does not exist. ' +
        `The answer is binary: length of the header (32 bits, big-endian), the header as JSON ({ format: 1, rowCount, textBytes, householdIds, next }), then raw deflate (RFC 1951) of UTF-8 JSON: [{ table, keys, rows }], each row an array of values in the order of \`keys\`, the last of which is \`seq\`. A page has at most ${PACKED_PAGE_ROWS} rows.`,
      request: snapshotRequestSchema,
      responseContent: 'application/octet-stream',
      errors: ['access/not-found', 'sync/client-too-old', 'request/too-many'],
    },
    async (deps, body, caller) => {
      const page = await readSnapshot(deps.db, caller.actor, body, deps.nowMs())
      return page.ok ? ok(encodePackedPage(page.value)) : page
    },
  ),
]

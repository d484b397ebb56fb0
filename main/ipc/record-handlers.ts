import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import { askForCollection } from '../../shared/lib/ask-for-collection.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { deviceListSchema } from '../../shared/sync/session.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import type { OpenSession } from '../session/open-session.ts'
import type { SessionControl } from '../session/session-control.ts'
import type { makeEndingHandlers } from './ending-handlers.ts'
import type { IpcHandlers } from './register-ipc.ts'

const MOST_FILE_BYTES = 20 * 1_024 * 1_024

const closedStatus: SyncStatus = { connection: 'offline', unsentCount: 0, refusedCount: 0, waiting: [], lastContactAtMs: null, leaseEndsAtMs: null, serverHead: null, error: null }

export type WhenOpen = <T>(action: (open: OpenSession) => Result<T, AppError> | Promise<Result<T, AppError>>) => Promise<Result<T, AppError>>

/** Everything about records needs somebody to have the app open. */
export const whenOpenOf =
  (session: Pick<SessionControl, 'open'>): WhenOpen =>
  async (action) =>
    session.open ? action(session.open) : err(appError('session/not-open'))

/** Announces what the change moved, and sends what can be sent. */
export function afterChange(open: OpenSession, result: Result<unknown, AppError>): Result<Record<string, never>, AppError> {
  if (!result.ok) return result
  open.sync.workAdded()
  return ok({})
}

type Channels<Prefix extends string> = Pick<IpcHandlers, Extract<keyof IpcHandlers, `${Prefix}:${string}`>>

export const makeOutboxHandlers = (whenOpen: WhenOpen): Channels<'outbox'> => ({
  'outbox:append': ({ commands }) =>
    whenOpen(async (open) => {
      const items = await open.journal.append(commands)
      setImmediate(() => open.sync.workAdded())
      return items.ok ? ok({ items: items.value }) : items
    }),
  'outbox:hold': ({ command }) =>
    whenOpen(async (open) => {
      reach('main.append.asked')
      const held = await open.journal.hold(command)
      reach('main.append.answering')
      return held.ok ? ok({ n: held.value.n }) : held
    }),
  'outbox:decide': ({ id, isStored }) =>
    whenOpen(async (open) => {
      reach('main.append.decided')
      const isKept = await open.journal.decide(id, isStored)
      if (isKept) open.sync.workAdded()
      return ok({ isKept })
    }),
  'outbox:list': () => whenOpen((open) => ok({ items: open.journal.listOpen() })),
  'outbox:settle': ({ throughN }) =>
    whenOpen(async (open) => {
      reach('main.settle.asked')
      return afterChange(open, await open.journal.settle(throughN))
    }),
  'outbox:discard': ({ id }) => whenOpen(async (open) => afterChange(open, await open.journal.discard(id))),
})

const CALM_MS = 5_000
let calm: NodeJS.Timeout | undefined

/** After a fetch of many pages, whose bytes went through here. */
function collectLater(): void {
  clearTimeout(calm)
  calm = setTimeout(askForCollection, CALM_MS).unref()
}

export const makeSyncHandlers = (
  session: Pick<SessionControl, 'open'>,
  whenOpen: WhenOpen,
  ending: Pick<ReturnType<typeof makeEndingHandlers>, 'revoke'>,
): Channels<'sync' | 'devices'> => ({
  'devices:list': () => whenOpen((open) => open.sync.request({ method: 'POST', path: '/v1/devices/list', json: { colleagueId: null }, response: deviceListSchema })),
  'devices:revoke': ({ deviceId }) => whenOpen((open) => ending.revoke(open, deviceId)),
  'sync:status': () => ok(session.open?.sync.status() ?? closedStatus),
  'sync:now': () => whenOpen((open) => afterChange(open, ok(open.sync.now()))),
  'sync:pull': (request) => whenOpen((open) => open.sync.pull(request)),
  'sync:snapshot': (request) =>
    whenOpen((open) => {
      collectLater()
      return open.sync.snapshot(request)
    }),
})

export type SaveText = (suggestedName: string, text: string) => Promise<Result<{ isSaved: boolean }, AppError>>

export const makeFileHandlers = (whenOpen: WhenOpen, saveText: SaveText): Channels<'file' | 'reminders'> => ({
  'file:stage': ({ bytes }) =>
    whenOpen(async (open) => {
      if (bytes.byteLength > MOST_FILE_BYTES) return err(appError('feed/too-large'))
      const staged = await open.blobs.stage(bytes)
      open.sync.workAdded()
      return staged
    }),
  'file:save-text': ({ suggestedName, text }) => whenOpen(() => saveText(suggestedName, text)),
  'reminders:set': ({ reminders }) =>
    whenOpen(async (open) => {
      await open.reminders.set(reminders)
      return ok({})
    }),
})

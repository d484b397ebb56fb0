import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { IpcResponse, SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { deviceListSchema } from '../../shared/sync/session.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import type { Log } from '../log/log.ts'
import type { OpenSession } from '../session/open-session.ts'
import type { SessionControl } from '../session/session-control.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { fingerprintHalvesOf } from '../vault/recovery-wrap.ts'
import { type EndingDeps, makeEndingHandlers } from './ending-handlers.ts'
import type { IpcHandlers } from './register-ipc.ts'
import { makeServerHandlers, type ServerHandlerDeps } from './server-handlers.ts'

export interface HandlerDeps extends EndingDeps, ServerHandlerDeps {
  readonly session: SessionControl
  readonly settings: SettingsStore
  readonly about: IpcResponse<'app:about'>
  readonly saveText: (suggestedName: string, text: string) => Promise<Result<{ isSaved: boolean }, AppError>>
  /** Asks the person, outside of the page. */
  readonly isKeyWanted: (fingerprint: string) => Promise<boolean>
  readonly log: Log
}

const MOST_FILE_BYTES = 20 * 1_024 * 1_024

/** What each channel of the contract does. Everything about records needs somebody to have the app open. */
export function makeHandlers(deps: HandlerDeps): IpcHandlers {
  const { session, settings, about, saveText, isKeyWanted, log } = deps
  const ending = makeEndingHandlers(deps)
  const whenOpen = async <T>(action: (open: OpenSession) => Result<T, AppError> | Promise<Result<T, AppError>>): Promise<Result<T, AppError>> => {
    const { open } = session
    return open ? action(open) : err(appError('session/not-open'))
  }
  /** Announces what the change moved, and sends what can be sent. */
  const afterChange = (open: OpenSession, result: Result<unknown, AppError>): Result<Record<string, never>, AppError> => {
    if (!result.ok) return result
    open.sync.workAdded()
    return ok({})
  }
  return {
    ...makeServerHandlers(deps),
    'session:get': () => ok(session.state()),
    'session:methods': () => session.methods(),
    'session:oidc-complete': ({ passphrase }) => session.completeOidc(passphrase),
    'session:oidc-cancel': () => {
      session.cancelOidc()
      return ok({})
    },
    'session:unlock': ({ passphrase, accountPassphrase }) => session.unlock(passphrase, accountPassphrase),
    'session:change-passphrase': ({ present, next }) => session.changePassphrase(present, next),
    'recovery:get': () =>
      whenOpen(async ({ vault }) => {
        const { known, other } = await vault.recoveryKeys()
        return ok({ fingerprint: known && fingerprintHalvesOf(known).join(' '), isOtherOffered: other !== null })
      }),
    'recovery:confirm': ({ present, ...typed }) =>
      whenOpen(async (open) => ((await isKeyWanted(`${typed.firstHalf} ${typed.secondHalf}`)) ? afterChange(open, await session.confirmRecoveryKey(present, typed)) : ok({}))),
    'session:lock': () => session.lock(),
    'session:sign-out': ({ discardUnsent }) => ending.signOut(discardUnsent),

    'outbox:append': ({ commands }) =>
      whenOpen(async (open) => {
        reach('main.append.asked')
        const items = await open.journal.append(commands)
        reach('main.append.answering')
        setImmediate(() => open.sync.workAdded()) // the person waits for the answer: signing and sending come after it
        return items.ok ? ok({ items: items.value }) : items
      }),
    'outbox:list': () => whenOpen((open) => ok({ items: open.journal.listOpen() })),
    'outbox:settle': ({ throughN }) =>
      whenOpen(async (open) => {
        reach('main.settle.asked')
        return afterChange(open, await open.journal.settle(throughN))
      }),
    'outbox:discard': ({ id }) => whenOpen(async (open) => afterChange(open, await open.journal.discard(id))),

    'devices:list': () => whenOpen((open) => open.sync.request({ method: 'POST', path: '/v1/devices/list', json: { colleagueId: null }, response: deviceListSchema })),
    'devices:revoke': ({ deviceId }) => whenOpen((open) => ending.revoke(open, deviceId)),

    'sync:status': () => ok(session.open?.sync.status() ?? closedStatus),
    'sync:now': () => whenOpen((open) => afterChange(open, ok(open.sync.now()))),
    'sync:pull': (request) => whenOpen((open) => open.sync.pull(request)),
    'sync:snapshot': (request) => whenOpen((open) => open.sync.snapshot(request)),

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

    'settings:get': () => ok(settings.get()),
    'app:about': () => ok(about),
    'app:report-violation': ({ what }) => {
      log.warn('csp.violation', { directive: /^[a-z-]{1,40}$/.test(what) ? what : 'other' })
      return ok({})
    },
  }
}

const closedStatus: SyncStatus = { connection: 'offline', unsentCount: 0, refusedCount: 0, waiting: [], lastContactAtMs: null, serverHead: null, error: null }

import type { IpcResponse } from '../../shared/ipc/ipc-contract.ts'
import { ok } from '../../shared/lib/result.ts'
import type { Log } from '../log/log.ts'
import type { SessionControl } from '../session/session-control.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { fingerprintHalvesOf } from '../vault/recovery-wrap.ts'
import { type EndingDeps, makeEndingHandlers } from './ending-handlers.ts'
import { afterChange, makeFileHandlers, makeOutboxHandlers, makeSyncHandlers, type SaveText, whenOpenOf } from './record-handlers.ts'
import type { IpcHandlers } from './register-ipc.ts'
import { makeServerHandlers, type ServerHandlerDeps } from './server-handlers.ts'

export interface HandlerDeps extends EndingDeps, ServerHandlerDeps {
  readonly session: SessionControl
  readonly settings: SettingsStore
  readonly about: IpcResponse<'app:about'>
  readonly saveText: SaveText
  /** Asks the person, outside of the page. */
  readonly isKeyWanted: (fingerprint: string) => Promise<boolean>
  readonly log: Log
}

/** What each channel of the contract does: one that is missing does not compile. */
export function makeHandlers(deps: HandlerDeps): IpcHandlers {
  const { session, settings, about, saveText, isKeyWanted, log } = deps
  const ending = makeEndingHandlers(deps)
  const whenOpen = whenOpenOf(session)
  return {
    ...makeServerHandlers(deps),
    ...makeOutboxHandlers(whenOpen),
    ...makeSyncHandlers(session, whenOpen, ending),
    ...makeFileHandlers(whenOpen, saveText),
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
    'settings:get': () => ok(settings.get()),
    'app:about': () => ok(about),
    'app:report-violation': ({ what }) => {
      log.warn('csp.violation', { directive: /^[a-z-]{1,40}$/.test(what) ? what : 'other' })
      return ok({})
    },
  }
}

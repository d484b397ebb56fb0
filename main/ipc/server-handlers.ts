import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { IpcRequest, SessionState, Settings } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { SessionControl } from '../session/session-control.ts'
import { cleanServerUrl, type SettingsStore } from '../settings/settings-store.ts'
import { isAllowedServerUrl } from '../sync/http-client.ts'

export interface ServerHandlerDeps {
  readonly session: Pick<SessionControl, 'state' | 'isMeetingServer' | 'signIn' | 'signInByOidc'>
  readonly settings: Pick<SettingsStore, 'get' | 'set'>
  /** Asks the person, outside of the page. */
  readonly isServerWanted: (url: string) => Promise<boolean>
}

/**
 * What may bring a passphrase to another server than before. Neither a page that something took over nor somebody who
 * changed the file of settings decides that alone: main names the server and asks, once for each address.
 */
export function makeServerHandlers({ session, settings, isServerWanted }: ServerHandlerDeps) {
  const agreed = new Set<string>()
  const isAgreed = async (url: string): Promise<boolean> => {
    if (!agreed.has(url) && (await isServerWanted(url))) agreed.add(url)
    return agreed.has(url)
  }
  const mayMeet = async (email: string | null) => !session.isMeetingServer(email) || isAgreed(settings.get().serverUrl)
  return {
    /** Unchanged, and no error, where the person says no. */
    'session:sign-in': async ({ email, passphrase, accountPassphrase }: IpcRequest<'session:sign-in'>): Promise<Result<SessionState, AppError>> =>
      (await mayMeet(email)) ? session.signIn(email, passphrase, accountPassphrase) : ok(session.state()),
    'session:oidc-sign-in': async () => ((await mayMeet(null)) ? session.signInByOidc() : err(appError('session/oidc-given-up'))),
    'settings:set': async (change: IpcRequest<'settings:set'>): Promise<Result<Settings, AppError>> => {
      const url = change.serverUrl !== undefined && isAllowedServerUrl(change.serverUrl) ? cleanServerUrl(change.serverUrl) : undefined
      if (url !== undefined && url !== settings.get().serverUrl && !(await isAgreed(url))) return ok(settings.get())
      return settings.set(change)
    },
  }
}

import { ok } from '../../../shared/lib/result.ts'
import { refreshRequestSchema, sessionSchema, signInRequestSchema } from '../../../shared/sync/session.ts'
import { reach } from '../../../shared/testing/fault-point.ts'
import { endSessions } from '../../auth/session-tokens.ts'
import { refreshSession, type SignInDeps, signIn } from '../../auth/sign-in.ts'
import { callerRoute, openRoute, type Route } from '../define-route.ts'
import type { ServerDeps } from '../server-deps.ts'

const signInDeps = ({ db, config, signer }: ServerDeps): SignInDeps => ({
  db,
  firmName: config.firmName,
  signInsPerAccount: config.signInsPerAccount,
  signInsPerIp: config.signInsPerIp,
  recoveryKey: config.recoveryKey,
  ...(signer ? { signer } : {}),
})

export const sessionRoutes: readonly Route[] = [
  openRoute(
    {
      method: 'POST',
      path: '/v1/session',
      summary: 'Sign in',
      description:
        'Opens a session for a person on a device. Choose a random UUID as `device.id` once and keep it: the first sign-in registers the device, and its commands are numbered from 1 for ever (`lastN` says how far the server has come). `device.publicKey` is the raw Ed25519 key, base64url, whose secret part signs the commands; it stays with the device for ever. ' +
        'A device belongs to one person. Send `accessToken` as `Authorization: Bearer …`; it holds 10 minutes. Attempts are limited per account and per address; 429 carries Retry-After.',
      request: signInRequestSchema,
      response: sessionSchema,
      errors: ['session/wrong-credentials', 'session/locked-out', 'session/inactive', 'session/device-taken', 'session/device-revoked', 'sync/client-too-old', 'request/too-many'],
    },
    async (deps, body, ip) => {
      const answer = await signIn(signInDeps(deps), body, ip, deps.nowMs())
      reach('server.session.signed-in')
      return answer
    },
  ),
  openRoute(
    {
      method: 'POST',
      path: '/v1/session/refresh',
      summary: 'Exchange the refresh token',
      description:
        'Gives a new access token and a new refresh token; the old ones are void at once. A refresh token works one time: using it again ends all sessions of its device, because two parties hold it. 14 days after sign-in a passphrase is asked again.',
      request: refreshRequestSchema,
      response: sessionSchema,
      errors: ['session/expired', 'session/inactive', 'session/device-revoked'],
    },
    async (deps, body) => {
      const answer = await refreshSession(signInDeps(deps), body, deps.nowMs())
      reach('server.session.refreshed')
      return answer
    },
  ),
  callerRoute(
    {
      method: 'DELETE',
      path: '/v1/session',
      summary: 'Sign out',
      description: 'Ends all sessions of this device. Its number and its commands stay: signing in again goes on where it was.',
      request: null,
      response: null,
      errors: [],
    },
    async (deps, _body, caller) => {
      await endSessions(deps.db, caller.deviceId, deps.nowMs())
      return ok(null)
    },
  ),
]

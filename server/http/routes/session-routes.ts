import { ok } from '../../../shared/lib/result.ts'
import {
  deviceListRequestSchema,
  deviceListSchema,
  oidcBeginRequestSchema,
  oidcBeginResponseSchema,
  oidcFinishRequestSchema,
  refreshRequestSchema,
  revokeDeviceRequestSchema,
  sessionSchema,
  signInMethodsSchema,
  signInRequestSchema,
} from '../../../shared/sync/session.ts'
import { reach } from '../../../shared/testing/fault-point.ts'
import { listDevices, revokeDevice } from '../../auth/devices.ts'
import { beginOidc, finishOidc, type OidcDeps } from '../../auth/oidc-sign-in.ts'
import { endSessions } from '../../auth/session-tokens.ts'
import { refreshSession, type SignInDeps, signIn } from '../../auth/sign-in.ts'
import { callerRoute, openRoute, type Route } from '../define-route.ts'
import type { ServerDeps } from '../server-deps.ts'

const signInDeps = ({ db, config: { firmName, signInsPerAccount, signInsPerIp, offlineLeaseMs, recoveryKey }, signer }: ServerDeps): SignInDeps => ({
  db,
  firmName,
  signInsPerAccount,
  signInsPerIp,
  leaseMs: offlineLeaseMs,
  recoveryKey,
  ...(signer ? { signer } : {}),
})

const oidcDeps = (deps: ServerDeps): OidcDeps => ({
  ...signInDeps(deps),
  provider: deps.oidc,
  onRefused: (error) =>
    deps.log.warn({ event: 'oidc.refused', errorName: error instanceof Error ? error.name : typeof error, errorCode: (error as { code?: unknown } | null)?.code ?? null }),
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
      errors: ['session/expired', 'session/inactive', 'session/device-revoked', 'request/too-many'],
      rateLimited: true,
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
      errors: ['request/too-many'],
    },
    async (deps, _body, caller) => {
      await endSessions(deps.db, caller.deviceId, deps.nowMs())
      return ok(null)
    },
  ),
  openRoute(
    {
      method: 'GET',
      path: '/v1/session/methods',
      summary: 'How to sign in',
      description: 'Whether the office has an identity provider (OpenID Connect), and its name for the button.',
      request: null,
      response: signInMethodsSchema,
      errors: [],
    },
    async (deps) => ok({ oidcName: deps.oidc?.name ?? null }),
  ),
  openRoute(
    {
      method: 'POST',
      path: '/v1/session/oidc/begin',
      summary: 'Begin to sign in at the identity provider',
      description:
        'Listen on 127.0.0.1 first, then send the port, a random `state` and the S256 challenge of a random verifier; open `authorizationUrl` in the system browser (RFC 8252). The answer comes to `http://127.0.0.1:{port}/cb`. An attempt is good for five minutes and one use.',
      request: oidcBeginRequestSchema,
      response: oidcBeginResponseSchema,
      errors: ['session/oidc-off', 'session/oidc-unreachable', 'request/too-many', 'sync/client-too-old'],
    },
    (deps, body, ip) => beginOidc(oidcDeps(deps), body, ip, deps.nowMs()),
  ),
  openRoute(
    {
      method: 'POST',
      path: '/v1/session/oidc/finish',
      summary: 'Finish it',
      description: 'Check yourself that `state` came back unchanged; then send the whole query that came to the listener, and the verifier. The answer is that of a sign-in.',
      request: oidcFinishRequestSchema,
      response: sessionSchema,
      errors: [
        'session/oidc-off',
        'session/oidc-refused',
        'session/oidc-unknown-person',
        'session/inactive',
        'session/device-taken',
        'session/device-revoked',
        'request/too-many',
        'sync/client-too-old',
      ],
    },
    (deps, body, ip) => finishOidc(oidcDeps(deps), body, ip, deps.nowMs()),
  ),
  callerRoute(
    {
      method: 'POST',
      path: '/v1/devices/list',
      summary: 'Devices of a person',
      description:
        "The laptops on which a person has signed in, newest first: one's own with `colleagueId: null`; administrators may ask for anybody's within 15 minutes after a sign-in.",
      request: deviceListRequestSchema,
      response: deviceListSchema,
      errors: ['access/not-found', 'session/step-up-needed', 'request/too-many'],
    },
    async (deps, { colleagueId }, caller) => {
      const devices = await listDevices(deps.db, caller, colleagueId, deps.nowMs())
      return devices.ok ? ok({ devices: devices.value }) : devices
    },
  ),
  callerRoute(
    {
      method: 'POST',
      path: '/v1/devices/revoke',
      summary: 'Revoke a device',
      description:
        'For a lost laptop: it gets nothing any more, and at its next contact erases the keys to everything on it. It is told with a token whose SHA-256 it got at sign-in (`wipeCommitment`), so that nobody in between can order that. One’s own devices, or anybody’s for administrators within 15 minutes after a sign-in. It cannot be undone.',
      request: revokeDeviceRequestSchema,
      response: null,
      errors: ['access/not-found', 'session/step-up-needed', 'request/too-many'],
    },
    (deps, { deviceId }, caller) => revokeDevice(deps.db, deps.signer ?? null, caller, deviceId, deps.nowMs()),
  ),
]

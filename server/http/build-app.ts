import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { hop } from '../../shared/testing/hop.ts'
import { authenticate } from '../auth/authenticate.ts'
import { addressOf } from '../auth/limit-attempts.ts'
import { OidcProvider } from '../auth/oidc-provider.ts'
import { tokenHash } from '../auth/session-tokens.ts'
import { stackOf } from '../log.ts'
import { Followers } from '../sync/followers.ts'
import { addCompression } from './compression.ts'
import type { JsonRoute, RawRoute, Route } from './define-route.ts'
import { openApiOf } from './openapi.ts'
import { findCaller, parseBody, sendError, setCaller } from './request-parts.ts'
import { auditRoutes } from './routes/audit-routes.ts'
import { eventsRoute, filesRoute, livezRoute, readyzRoute } from './routes/other-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { syncRoutes } from './routes/sync-routes.ts'
import type { ServerDeps } from './server-deps.ts'

const REQUEST_MS = 30_000
const BODY_MAX_BYTES = 1_024 * 1_024
const EVENT_LOOP_DELAY_MAX_MS = 3_000

const openApiRoute: RawRoute = {
  kind: 'raw',
  hasCaller: false,
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  description: 'Every route with its schemas, the arguments of every command and the rows of every table.',
  errors: [],
  responseContent: 'application/json',
  handle: async (_deps, _request, reply) => reply.send(openApi),
}

export const routes: readonly Route[] = [...sessionRoutes, ...syncRoutes, ...auditRoutes, eventsRoute, filesRoute, openApiRoute, livezRoute, readyzRoute]
const openApi = openApiOf(routes, '0.1.0')

/** Takes the word of the one proxy in front, about the caller that it saw: what stands before it in X-Forwarded-For anybody may have written. */
const isNearest = (_address: string, hop: number): boolean => hop === 0

/** The HTTP server with every route, not listening yet. */
export async function buildApp(deps: Omit<ServerDeps, 'log' | 'oidc' | 'followers'>, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_MS,
    bodyLimit: BODY_MAX_BYTES,
    trustProxy: deps.config.isBehindProxy && isNearest,
    routerOptions: { ignoreTrailingSlash: false },
    frameworkErrors: (error, _request, reply) => void sendError(reply as unknown as FastifyReply, errorOf(error)), // an address that cannot be read
  })
  const withLog: ServerDeps = { ...deps, log: logger, followers: new Followers(), oidc: deps.config.oidc && new OidcProvider(deps.config.oidc) }
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store')) // tokens and clients' data
  addErrorAnswers(app)
  addRequestLog(app)
  addCompression(app)
  await app.register(helmet)
  await app.register(underPressure, { maxEventLoopDelay: EVENT_LOOP_DELAY_MAX_MS, pressureHandler: (_request, reply) => void sendError(reply, appError('server/unavailable')) })
  await app.register(rateLimit, { global: false })
  for (const route of routes) addRoute(app, withLog, route)
  return app
}

/** One line for each answer: what was asked and how long it took, never what was said. */
function addRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const facts = { event: 'http.request', requestId: request.id, method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode }
    request.log.info({ ...facts, deviceId: findCaller(request)?.deviceId ?? null, durationMs: Math.round(reply.elapsedTime) })
  })
}

/** Turns what Fastify, the database or a bug throws into one form of error. */
function addErrorAnswers(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendError(reply, appError('request/not-found')))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = errorOf(error)
    if (answer.code === 'app/bug') request.log.error({ event: 'http.failed', requestId: request.id, errorName: error.name, errorCode: error.code ?? null, stack: stackOf(error) })
    return sendError(reply, answer)
  })
}

/** Connection trouble of the database, and its shutting down or being out of slots (SQLSTATE 08, 40, 53, 57). */
const isUnavailable = (code: string): boolean => /^(08|40|53|57)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)

function errorOf(error: FastifyError): AppError {
  if ('appError' in error) return error.appError as AppError
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return appError('request/too-large')
  if (error.statusCode !== undefined && error.statusCode < 500) return appError('request/malformed', { path: '', problem: error.code ?? 'not JSON' })
  const isAway = isUnavailable(error.code ?? '') || /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  return appError(isAway ? 'server/unavailable' : 'app/bug')
}

function addRoute(app: FastifyInstance, deps: ServerDeps, route: Route): void {
  const limit = (route.rateLimited ?? route.hasCaller) ? { rateLimit: rateLimitOf(deps) } : {}
  app.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
    config: limit,
    onRequest: async (request, reply) => {
      hop(`server.request:${route.path}`)
      const refusal = route.hasCaller ? await findRefusal(route, deps, request) : null // before the body is read
      if (refusal) return sendError(reply, refusal)
    },
    handler: (request, reply) => (route.kind === 'raw' ? route.handle(deps, request, reply) : answerJson(route, deps, request, reply)),
  })
}

/** Notes who calls. @returns why they may not; null = they may */
async function findRefusal(route: Route, deps: ServerDeps, request: Handler[1]): Promise<AppError | null> {
  const known = await authenticate(deps.db, request.headers.authorization, deps.nowMs())
  if (!known.ok) return known.error
  const caller = deps.filterAs?.(known.value) ?? known.value
  setCaller(request, caller)
  return (route.kind === 'raw' && route.refuses?.(caller)) || null
}

type Handler = Parameters<RawRoute['handle']>

async function answerJson(route: JsonRoute, deps: ServerDeps, request: Handler[1], reply: Handler[2]): Promise<unknown> {
  const body = parseBody(route, request.body)
  if (!body.ok) return sendError(reply, body.error)
  const result = await route.handle(deps, { body: body.value, caller: findCaller(request), ip: request.ip })
  if (!result.ok) return sendError(reply, result.error)
  if (result.value instanceof Uint8Array) return reply.type(route.responseContent ?? 'application/octet-stream').send(result.value)
  return route.response ? reply.send(result.value) : reply.code(204).send()
}

const rateLimitOf = (deps: ServerDeps) => ({
  max: deps.config.requestsPerSecond,
  timeWindow: 1_000,
  // Only a token that was found to be one counts for itself: others are a new one with each try.
  keyGenerator: (request: Handler[1]) => (findCaller(request) ? tokenHash(request.headers.authorization ?? '') : addressOf(request.ip)),
  errorResponseBuilder: () => Object.assign(new Error('too many'), { appError: appError('request/too-many', { retryAfterSeconds: 1 }) }),
})

import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { must } from '../../shared/lib/must.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { PROTOCOL_FLOOR } from '../../shared/sync/protocol.ts'
import type { Caller } from '../auth/authenticate.ts'
import { isBodyFit } from '../sync/check-args.ts'
import type { JsonRoute } from './define-route.ts'
import { statusOf } from './error-status.ts'

const callers = new WeakMap<FastifyRequest, Caller>()

export const setCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller)
export const findCaller = (request: FastifyRequest): Caller | null => callers.get(request) ?? null
export const callerOf = (request: FastifyRequest): Caller => must(findCaller(request), 'caller')

/** Answers with `{ error: { code, params } }`; a wait that the error names becomes Retry-After. */
export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  const waitSeconds = error.params['retryAfterSeconds']
  const status = statusOf(error.code)
  if (typeof waitSeconds === 'number') void reply.header('retry-after', waitSeconds)
  else if (status === 503) void reply.header('retry-after', 2)
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  return reply.code(status).send({ error })
}

/** A client below the floor is told so before its body is judged: its form may be an old one (V1). */
function checkProtocol(body: unknown): AppError | null {
  const protocol = typeof body === 'object' && body !== null && 'protocol' in body ? body.protocol : undefined
  return typeof protocol === 'number' && protocol < PROTOCOL_FLOOR ? appError('sync/client-too-old', { minProtocol: PROTOCOL_FLOOR }) : null
}

/** The body, parsed by the route's schema: what does not fit is refused, nothing is dropped silently. */
export function parseBody(route: JsonRoute, body: unknown): Result<unknown, AppError> {
  if (!route.request) return ok(null)
  const tooOld = checkProtocol(body)
  if (tooOld) return err(tooOld)
  if (!isBodyFit(body)) return err(appError('request/malformed', { path: '', problem: 'nested too deeply, or a NUL character' }))
  const parsed = route.request.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return err(appError('request/malformed', { path: issue?.path.join('.') ?? '', problem: issue?.message ?? '' }))
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { AppError, ErrorCode } from '../../shared/errors/error-codes.ts'
import type { Result } from '../../shared/lib/result.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { ServerDeps } from './server-deps.ts'

interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string // with ':name' for parameters
  readonly summary: string
  readonly description: string
  readonly errors: readonly ErrorCode[]
  readonly rateLimited?: boolean // absent = where it is for signed-in devices
}

interface JsonFacts extends RouteFacts {
  readonly request: z.ZodType | null // null = no body
  readonly response: z.ZodType | null // null = 204, or bytes of `responseContent`
  readonly responseContent?: string
  readonly bodyLimitBytes?: number
}

/** JSON in, JSON out: parsed strictly, answered with a Result. */
export interface JsonRoute extends JsonFacts {
  readonly kind: 'json'
  readonly hasCaller: boolean
  readonly handle: (deps: ServerDeps, input: { readonly body: unknown; readonly caller: Caller | null; readonly ip: string }) => Promise<Result<unknown, AppError>>
}

/** Anything else: the handler writes the answer itself. */
export interface RawRoute extends RouteFacts {
  readonly kind: 'raw'
  readonly hasCaller: boolean
  /** Asked before the body is read; the refusal, or null. */
  readonly refuses?: (caller: Caller) => AppError | null
  readonly bodyLimitBytes?: number
  readonly requestContent?: string
  readonly responseContent: string | null
  readonly handle: (deps: ServerDeps, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

export type Route = JsonRoute | RawRoute

type Body<S> = S extends z.ZodType ? z.output<S> : null

/** A JSON route that anyone may call. */
export function openRoute<Q extends z.ZodType | null, S extends z.ZodType | null>(
  facts: JsonFacts & { readonly request: Q; readonly response: S },
  handle: (deps: ServerDeps, body: Body<Q>, ip: string) => Promise<Result<Body<S>, AppError>>,
): JsonRoute {
  return { ...facts, kind: 'json', hasCaller: false, handle: (deps, input) => handle(deps, input.body as Body<Q>, input.ip) }
}

/** JSON in, bytes out, for a signed-in device. */
export function bytesRoute<Q extends z.ZodType>(
  facts: Omit<JsonFacts, 'response'> & { readonly request: Q; readonly responseContent: string },
  handle: (deps: ServerDeps, body: Body<Q>, caller: Caller) => Promise<Result<Uint8Array, AppError>>,
): JsonRoute {
  return { ...facts, response: null, kind: 'json', hasCaller: true, handle: (deps, input) => handle(deps, input.body as Body<Q>, mustCaller(input.caller)) }
}

/** A JSON route for a signed-in device. */
export function callerRoute<Q extends z.ZodType | null, S extends z.ZodType | null>(
  facts: JsonFacts & { readonly request: Q; readonly response: S },
  handle: (deps: ServerDeps, body: Body<Q>, caller: Caller) => Promise<Result<Body<S>, AppError>>,
): JsonRoute {
  return { ...facts, kind: 'json', hasCaller: true, handle: (deps, input) => handle(deps, input.body as Body<Q>, mustCaller(input.caller)) }
}

function mustCaller(caller: Caller | null): Caller {
  if (!caller) throw new Error('a route for signed-in devices was reached without a caller')
  return caller
}

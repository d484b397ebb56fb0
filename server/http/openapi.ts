import { z } from 'zod'
import { commands } from '../../shared/commands/registry.ts'
import { roleCommands } from '../../shared/domain/access/role-commands.ts'
import { tableSchemas } from '../../shared/domain/tables.ts'
import { appErrorSchema, type ErrorCode, errorCatalog } from '../../shared/errors/error-codes.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { Route } from './define-route.ts'
import { statusOf } from './error-status.ts'

/** Errors that any route may answer with. */
const COMMON: readonly ErrorCode[] = ['request/malformed', 'server/unavailable', 'app/bug']
const CALLER: readonly ErrorCode[] = ['session/expired', 'session/inactive', 'session/device-revoked']

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const describe = (code: ErrorCode): string => `\`${code}\`: ${errorCatalog[code].cause}. ${errorCatalog[code].remedy}.`

function errorResponses(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy([...new Set(codes)], statusOf)
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  return Object.fromEntries([...byStatus].map(([status, ofStatus]) => [String(status), { description: ofStatus.map(describe).join('\n\n'), content }]))
}

function requestBody(route: Route): unknown {
  if (route.kind === 'json') return route.request ? { required: true, content: { 'application/json': { schema: jsonSchema(route.request, 'input') } } } : undefined
  return route.requestContent ? { required: true, content: { [route.requestContent]: { schema: { type: 'string', format: 'binary' } } } } : undefined
}

function success(route: Route): Record<string, unknown> {
  const schema = route.kind === 'json' && !route.responseContent ? route.response && { 'application/json': { schema: jsonSchema(route.response, 'output') } } : null
  const content = route.kind === 'json' ? schema : route.responseContent && { [route.responseContent]: { schema: { type: 'string' } } }
  return content ? { 200: { description: 'Done', content } } : { 204: { description: 'Done' } }
}

const operationOf = (route: Route): unknown => ({
  summary: route.summary,
  description: route.description,
  operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
  ...(route.hasCaller ? { security: [{ bearer: [] }] } : { security: [] }),
  ...(route.path.includes(':sha256') ? { parameters: [{ name: 'sha256', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9a-f]{64}$' } }] } : {}),
  ...(requestBody(route) ? { requestBody: requestBody(route) } : {}),
  responses: { ...success(route), ...errorResponses([...route.errors, ...COMMON, ...(route.hasCaller ? CALLER : [])]) },
})

function commandSchemas(): Record<string, unknown> {
  return Object.fromEntries(
    commands.map((c) => [
      `command.${c.name.replaceAll('/', '.')}.${c.version}`,
      {
        title: `${c.name}@${c.version}`,
        description: `\`args\` of the command ${c.name}, version ${c.version}. Roles: ${roleCommands[c.name].join(', ')}.`,
        ...(jsonSchema(c.schema, 'input') as object),
      },
    ]),
  )
}

const rowSchemas = (): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tableSchemas).map(([table, schema]) => [`row.${table}`, { title: `A row of ${table}`, ...(jsonSchema(schema, 'output') as object) }]))

const INTRODUCTION = `Records of contacts with clients, what came of them, and their independent confirmation.

Everything that changes is a command, pushed in order by a registered device; everything that is read arrives by snapshot and pull. A client works like this:
1. POST /v1/session with a device id of your own choice.
2. POST /v1/sync/pull with \`cursor: null\`: remember \`cursor\`, \`scopeHash\` and \`scope\`.
3. POST /v1/sync/snapshot with no households (the firm's rows), then with the households of the scope, page by page.
4. From then on pull from the cursor whenever GET /v1/sync/events says so, or every 60 seconds.
5. To change something, POST /v1/sync/push with \`n\` = \`lastN\` + 1.

Ids are UUIDs made by the caller (version 7 recommended). Instants are milliseconds since 1970, days are \`YYYY-MM-DD\`, money is integer minor units with an ISO 4217 currency. Unknown fields are refused. Every error is \`{ "error": { "code", "params" } }\`. The protocol is ${PROTOCOL_VERSION}.`

/** The OpenAPI document of all routes, made from the schemas that the server itself checks with. */
export function openApiOf(routes: readonly Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  const errorSchema = jsonSchema(z.strictObject({ error: appErrorSchema }), 'output')
  return {
    openapi: '3.1.0',
    info: { title: 'Rapport server', version, description: INTRODUCTION },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The access token of a session' } },
      schemas: { Error: errorSchema, ...commandSchemas(), ...rowSchemas() },
    },
  }
}

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commands } from '../commands/registry.ts'
import { tableSchemas } from '../domain/tables.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { packedHeaderSchema } from './packed-page.ts'
import { PROTOCOL_VERSION } from './protocol.ts'
import { followedPageSchema, pullRequestSchema, pullResponseSchema, snapshotRequestSchema } from './pull.ts'
import { pushRequestSchema, pushResponseSchema } from './push.ts'
import { sessionSchema, signInRequestSchema } from './session.ts'

/** Changing a message, a row or a command's arguments changes this hash: raise PROTOCOL_VERSION, or add a command version, then note the new one. What is sent only to who asked for it (a page that follows a stream) keeps the version. */
const KNOWN: Readonly<Record<number, string>> = { 1: '434f10e6a66ab29f', 2: 'd8252147159a425d' }

test('[V2] the wire is the one that this protocol version stands for', () => {
  const wire = [
    pullRequestSchema,
    pullResponseSchema,
    snapshotRequestSchema,
    packedHeaderSchema,
    pushRequestSchema,
    pushResponseSchema,
    sessionSchema,
    signInRequestSchema,
    followedPageSchema,
  ]
  const schemas = {
    wire: wire.map((s) => z.toJSONSchema(s, { unrepresentable: 'any' })),
    rows: Object.entries(tableSchemas).map(([name, s]) => [name, z.toJSONSchema(s, { unrepresentable: 'any' })]),
    commands: commands.map((c) => [c.name, c.version, z.toJSONSchema(c.schema, { unrepresentable: 'any', io: 'input' })]),
  }
  const hash = createHash('sha256').update(canonicalJson(schemas)).digest('hex').slice(0, 16)
  expect({ [PROTOCOL_VERSION]: hash }).toEqual({ [PROTOCOL_VERSION]: KNOWN[PROTOCOL_VERSION] })
})

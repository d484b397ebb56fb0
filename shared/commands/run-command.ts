import type { AppError } from '../errors/error-codes.ts'
import { appError } from '../errors/error-codes.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { CommandContext, RowChange, RowKey, RowReader } from './define-command.ts'
import { type CommandName, findCommand } from './registry.ts'
import { RowBuffer } from './row-buffer.ts'

export interface CommandCall {
  readonly name: string
  readonly version: number
  readonly args: unknown
}

export interface ParsedCall {
  readonly name: CommandName
  readonly args: unknown // parsed by the command's schema
  reads(rows: RowReader): readonly RowKey[]
  /** Changes of the call on these rows, or why it is refused. */
  apply(rows: RowReader, context: CommandContext): Result<readonly RowChange[], AppError>
}

/** A finding repeats the names of unknown fields, of any length; answers are kept for ever. */
const shorten = (text = ''): string => text.slice(0, 200).toWellFormed()

/** Parses a call by its registered schema. Errors: 'command/unknown', 'command/malformed' (with the first failing path). */
export function parseCall(call: CommandCall): Result<ParsedCall, AppError> {
  const definition = findCommand(call.name, call.version)
  if (!definition) return err(appError('command/unknown', { name: call.name.slice(0, 60), version: call.version }))
  const parsed = definition.schema.safeParse(call.args)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err(appError('command/malformed', { path: shorten(issue?.path.join('.')), problem: shorten(issue?.message) }))
  }
  return ok({
    name: definition.name as CommandName,
    args: parsed.data,
    reads: (rows) => definition.reads(parsed.data, rows),
    apply: (rows, context) => {
      const buffer = new RowBuffer(rows)
      const result = definition.apply(buffer, parsed.data, context)
      return result.ok ? ok(buffer.changes()) : result
    },
  })
}

import { type ParsedCall, parseCall } from '../../shared/commands/run-command.ts'
import { canRoleUse } from '../../shared/domain/access/role-commands.ts'
import type { Role } from '../../shared/domain/colleague/colleague.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import type { SignedCommand } from '../../shared/sync/push.ts'
import { sha256Hex } from '../audit/ed25519.ts'
import { bodyHashOf } from '../audit/entry-hash.ts'
import type { Db } from '../db/open-database.ts'
import type { FeedReader } from '../feeds/read-apart.ts'
import { hasBlob } from '../files/blob-store.ts'
import { type ReadFile, readStatementBlob } from '../imports/read-statement-blob.ts'
import { breathe } from './breathe.ts'
import { areArgsStorable } from './check-args.ts'

interface Sources {
  readonly db: Db
  readonly reader: FeedReader
}

/** The bytes that a command names: none, not uploaded yet, there, or (a statement file) read. */
export type NamedFile =
  | { readonly state: 'none' }
  | { readonly state: 'missing'; readonly sha256: string }
  | { readonly state: 'there' }
  | { readonly state: 'read'; readonly file: ReadFile }

/** A command as it came, parsed; done before the head is taken, since it needs no order. */
export interface PreparedCommand {
  readonly envelope: SignedCommand
  readonly argsJson: string // the arguments as canonical JSON
  readonly argsHash: string // hex SHA-256 of it, as it was signed
  readonly bodyHash: string // hex SHA-256 of what the command says, without its number
  readonly areArgsStorable: boolean
  readonly call: Result<ParsedCall, AppError>
  readonly file: NamedFile
}

/** @param role null = the set-up. What the role may not do is refused without a look at the file: nothing is to wait for it. */
async function findNamedFile(deps: Sources, call: Result<ParsedCall, AppError>, role: Role | null): Promise<NamedFile> {
  if (!call.ok || (role !== null && !canRoleUse(role, call.value.name))) return { state: 'none' }
  const args = call.value.args as { readonly sha256?: string; readonly letterSha256?: string | null }
  if (call.value.name === 'verification/import' && args.sha256 !== undefined) {
    const file = await readStatementBlob(deps, args.sha256)
    return file ? { state: 'read', file } : { state: 'missing', sha256: args.sha256 }
  }
  if (!args.letterSha256) return { state: 'none' }
  return (await hasBlob(deps.db, args.letterSha256)) ? { state: 'there' } : { state: 'missing', sha256: args.letterSha256 }
}

async function prepareCommand(deps: Sources, envelope: SignedCommand, role: Role | null): Promise<PreparedCommand> {
  const { name, version, args, madeAtMs } = envelope
  const isStorable = areArgsStorable(args)
  const call = isStorable ? parseCall({ name, version, args }) : err(appError('command/malformed', { path: '', problem: 'control-character' }))
  const argsJson = canonicalJson(args ?? null)
  const argsHash = sha256Hex(argsJson)
  const bodyHash = bodyHashOf({ name, version, argsHash, madeAtMs })
  return { envelope, argsJson, argsHash, bodyHash, areArgsStorable: isStorable, call, file: await findNamedFile(deps, call, role) }
}

export async function prepareBatch(deps: Sources, envelopes: readonly SignedCommand[], role: Role | null): Promise<readonly PreparedCommand[]> {
  const prepared: PreparedCommand[] = []
  for (const envelope of envelopes) {
    prepared.push(await prepareCommand(deps, envelope, role))
    await breathe(prepared.length)
  }
  return prepared
}

/** The first command that has to wait for its file, with the file's hash, or undefined. */
export function findMissingFile(commands: readonly PreparedCommand[]): { readonly command: PreparedCommand; readonly sha256: string } | undefined {
  for (const command of commands) if (command.file.state === 'missing') return { command, sha256: command.file.sha256 }
  return undefined
}

/** Whether too many files wait for the reader: the whole push comes again a little later. */
export const isReaderBusy = (commands: readonly PreparedCommand[]): boolean =>
  commands.some(({ file }) => file.state === 'read' && !file.file.ok && file.file.error.code === 'server/unavailable')

import { createHash } from 'node:crypto'
import { type ParsedCall, parseCall } from '../../shared/commands/run-command.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import type { CommandEnvelope } from '../../shared/sync/push.ts'
import type { Db } from '../db/open-database.ts'
import type { FeedReader } from '../feeds/read-in-worker.ts'
import { hasBlob } from '../files/blob-store.ts'
import { type ReadFile, readStatementBlob } from '../imports/read-statement-blob.ts'
import { areArgsStorable } from './check-args.ts'

interface Sources {
  readonly db: Db
  readonly reader: FeedReader
}

/** The bytes that a command names: none, not uploaded yet, there, or (a statement file) read. */
export type NamedFile = { readonly state: 'none' } | { readonly state: 'missing' } | { readonly state: 'there' } | { readonly state: 'read'; readonly file: ReadFile }

/** A command as it came, parsed; done before the head is taken, since it needs no order. */
export interface PreparedCommand {
  readonly envelope: CommandEnvelope
  readonly bodyHash: string // hex SHA-256 of what the command says, without its number
  readonly areArgsStorable: boolean
  readonly call: Result<ParsedCall, AppError>
  readonly file: NamedFile
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

async function findNamedFile(deps: Sources, call: Result<ParsedCall, AppError>): Promise<NamedFile> {
  if (!call.ok) return { state: 'none' }
  const args = call.value.args as { readonly sha256?: string; readonly letterSha256?: string | null }
  if (call.value.name === 'verification/import' && args.sha256 !== undefined) {
    const file = await readStatementBlob(deps, args.sha256)
    return file ? { state: 'read', file } : { state: 'missing' }
  }
  if (!args.letterSha256) return { state: 'none' }
  return (await hasBlob(deps.db, args.letterSha256)) ? { state: 'there' } : { state: 'missing' }
}

async function prepareCommand(deps: Sources, envelope: CommandEnvelope): Promise<PreparedCommand> {
  const { name, version, args, madeAtMs } = envelope
  const isStorable = areArgsStorable(args)
  const call = isStorable ? parseCall({ name, version, args }) : err(appError('command/malformed', { path: '', problem: 'control-character' }))
  const bodyHash = sha256Hex(canonicalJson({ name, version, args, madeAtMs }))
  return { envelope, bodyHash, areArgsStorable: isStorable, call, file: await findNamedFile(deps, call) }
}

export async function prepareBatch(deps: Sources, envelopes: readonly CommandEnvelope[]): Promise<readonly PreparedCommand[]> {
  const prepared: PreparedCommand[] = []
  for (const envelope of envelopes) prepared.push(await prepareCommand(deps, envelope))
  return prepared
}

/** The first command that has to wait for its file, or undefined. */
export const findMissingFile = (commands: readonly PreparedCommand[]): PreparedCommand | undefined => commands.find((c) => c.file.state === 'missing')

/** Whether too many files wait for the reader: the whole push comes again a little later. */
export const isReaderBusy = (commands: readonly PreparedCommand[]): boolean =>
  commands.some(({ file }) => file.state === 'read' && !file.file.ok && file.file.error.code === 'server/unavailable')

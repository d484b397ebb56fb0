import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { sha256Hex } from './ed25519.ts'

/** The server as a device of its own: what it does by itself is numbered, signed and chained like a person's commands (S5). */
export const SERVER_DEVICE_ID = '00000000-0000-0000-0000-000000000000'

/** Columns that came with signatures: an entry without them hashes as it did before. */
export const LATER: readonly string[] = ['device_n', 'args_hash', 'signature', 'device_hash', 'seq', 'left_out']

/** Hex SHA-256 over everything an entry of the trail says, its number and the hash before it (H2). */
export function auditHash(entry: object): string {
  const said: Record<string, unknown> = { ...entry }
  for (const column of LATER) if (said[column] === null) delete said[column]
  return sha256Hex(canonicalJson(said))
}

/** What stands for a command's content: hex SHA-256 of it without its number (P3). */
export const bodyHashOf = (command: { readonly name: string; readonly version: number; readonly argsHash: string; readonly madeAtMs: number }): string =>
  sha256Hex(canonicalJson({ name: command.name, version: command.version, argsHash: command.argsHash, madeAtMs: command.madeAtMs }))

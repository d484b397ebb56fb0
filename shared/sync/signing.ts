import { canonicalJson } from '../lib/canonical-json.ts'
import type { CommandEnvelope, SignedCommand } from './push.ts'

/** What the first link of any chain names as the one before. */
export const NO_HASH = '0'.repeat(64)

/** How far a device's chain has come: its last command's number and hash. */
export interface ChainEnd {
  readonly n: number
  readonly hash: string // hex SHA-256
}

/** What a device signs of a command. `argsHash` = hex SHA-256 of the arguments' canonical JSON, so that it can be checked without them. */
export interface SignedFacts {
  readonly deviceId: string
  readonly n: number
  readonly id: string
  readonly name: string
  readonly version: number
  readonly argsHash: string
  readonly madeAtMs: number
  readonly prevHash: string
}

/**
 * The text under a signature (S1); its SHA-256 is the device chain's next hash (S2). One line for each fact, so that any
 * language can make it. Only the name is free text, and the number of lines on either side of it is fixed.
 */
export const signedTextOf = (f: SignedFacts): string => ['rapport/command/1', f.deviceId, f.n, f.id, f.name, f.version, f.argsHash, f.madeAtMs, f.prevHash].join('\n')

export interface Signer {
  readonly publicKey: string // raw, base64url
  sign(text: string): string // Ed25519, base64url; the same text gives the same signature
  sha256(text: string): string // hex
}

/**
 * Signs a device's commands behind `end`. Those that the server has already (n ≤ end.n) are known by id and content; their
 * place in the chain is not asked again.
 */
export function signChain(
  signer: Signer,
  deviceId: string,
  end: ChainEnd,
  commands: readonly CommandEnvelope[],
): { readonly commands: readonly SignedCommand[]; readonly end: ChainEnd } {
  let last = end
  const signed = commands.map((command) => {
    const { n, name, version, madeAtMs } = command
    const id = command.id.toLowerCase() // as the server keeps it
    const argsHash = signer.sha256(canonicalJson(command.args ?? null))
    const text = signedTextOf({ deviceId, n, id, name, version, argsHash, madeAtMs, prevHash: n > end.n ? last.hash : NO_HASH })
    if (n > end.n) last = { n, hash: signer.sha256(text) }
    return { ...command, signature: signer.sign(text) }
  })
  return { commands: signed, end: last }
}

/** The same, for who asks the server for the chain's end. */
export const signCommands = (signer: Signer, deviceId: string, end: ChainEnd, commands: readonly CommandEnvelope[]): readonly SignedCommand[] =>
  signChain(signer, deviceId, end, commands).commands

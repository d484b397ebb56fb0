import type { KeyObject } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { NO_HASH, signedTextOf } from '../../shared/sync/signing.ts'
import { isSignedBy, isSignedByInPool, publicKeyOf, sha256Hex } from '../audit/ed25519.ts'
import type { Db, Tx } from '../db/open-database.ts'
import type { PreparedCommand } from './prepare-batch.ts'

/** A device's key and how far its chain has come. */
export interface DeviceChain {
  readonly publicKey: string | null
  readonly lastN: number
  readonly lastHash: string
}

/** What was checked of a push outside the transaction, which every writer waits for. */
export interface CheckedAhead {
  readonly behind: DeviceChain
  readonly texts: ReadonlySet<string> // whose signature held
  readonly chained: readonly ChainedCommand[] | null // the commands behind that chain's end; null where one's signature does not hold
}

export const deviceChain = (deviceId: string): RawBuilder<DeviceChain> =>
  sql`SELECT public_key AS "publicKey", last_n AS "lastN", chain_hash AS "lastHash" FROM device WHERE id = ${deviceId}`

/** The chain of a device that is not there. */
export const NO_CHAIN: DeviceChain = { publicKey: null, lastN: 0, lastHash: NO_HASH }

export const findDeviceChain = async (db: Db | Tx, deviceId: string): Promise<DeviceChain> => (await deviceChain(deviceId).execute(db)).rows[0] ?? NO_CHAIN

const textOf = (deviceId: string, { envelope, argsHash }: PreparedCommand, prevHash: string): string => {
  const { n, id, name, version, madeAtMs } = envelope
  return signedTextOf({ deviceId, n, id, name, version, argsHash, madeAtMs, prevHash })
}

const keyOf = ({ publicKey }: DeviceChain): KeyObject | null => (publicKey === null ? null : publicKeyOf(publicKey))

/** Checks the signatures of a push against the chain as it is now, in the thread pool. */
export async function checkAhead(deviceId: string, chain: DeviceChain, commands: readonly PreparedCommand[]): Promise<CheckedAhead> {
  const key = keyOf(chain)
  if (!key) return { behind: chain, texts: new Set(), chained: null }
  let prevHash = chain.lastHash
  const chained: ChainedCommand[] = []
  const checks: Promise<string | null>[] = []
  for (const command of commands.filter(({ envelope }) => envelope.n > chain.lastN)) {
    const text = textOf(deviceId, command, prevHash)
    prevHash = sha256Hex(text)
    chained.push({ command, deviceHash: prevHash })
    checks.push(isSignedByInPool(key, text, command.envelope.signature).then((isRight) => (isRight ? text : null)))
  }
  const texts = new Set((await Promise.all(checks)).filter((text) => text !== null))
  return { behind: chain, texts, chained: texts.size === chained.length ? chained : null }
}

export interface ChainedCommand {
  readonly command: PreparedCommand
  readonly deviceHash: string // the device's chain after the command
}

const isSameChain = (a: DeviceChain, b: DeviceChain): boolean => a.publicKey === b.publicKey && a.lastN === b.lastN && a.lastHash === b.lastHash

/** Chains new commands to the device's last one. @returns null where one's signature does not hold (S1, S2) */
export function chainCommands(deviceId: string, chain: DeviceChain, commands: readonly PreparedCommand[], checked: CheckedAhead): readonly ChainedCommand[] | null {
  if (isSameChain(chain, checked.behind) && checked.chained?.length === commands.length) return checked.chained
  const key = keyOf(chain)
  let prevHash = chain.lastHash
  const chained: ChainedCommand[] = []
  for (const command of commands) {
    const text = textOf(deviceId, command, prevHash)
    if (!checked.texts.has(text) && !(key && isSignedBy(key, text, command.envelope.signature))) return null
    prevHash = sha256Hex(text)
    chained.push({ command, deviceHash: prevHash })
  }
  return chained
}

import type { KeyObject } from 'node:crypto'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { NO_HASH, signedTextOf } from '../../../shared/sync/signing.ts'
import { type isSignedBy, publicKeyOf, sha256Hex } from '../ed25519.ts'
import { auditHash, SERVER_DEVICE_ID } from '../entry-hash.ts'
import type { Entry } from './export-format.ts'

/** A device as the trail itself knows it. */
export interface ProvenDevice {
  readonly colleagueId: string | null
  readonly name: string
  readonly publicKey: string
  readonly key: KeyObject
  readonly createdAtMs: number
  lastN: number
  hash: string
  revoked: { readonly atMs: number; readonly by: string } | null
}

type Report = (problem: string, detail: string) => void
const SERVER_NAME = /^(setup|device|server)\//

/** Checks entries one after the other: numbers, links, hashes, who signed, and each device's chain (H2, S1, S2, S4, S5). */
export class EntryProof {
  readonly devices = new Map<string, ProvenDevice>()
  /** Each epoch that was announced, and the number of its announcement. */
  readonly epochs: { readonly epoch: string; readonly fromN: number }[] = []
  #last = { n: 0, hash: NO_HASH }
  readonly #mayReplaceServerKey: ReadonlySet<string>
  readonly #isSignedBy: typeof isSignedBy

  /** @param acceptedKeys public keys that may follow the server's first one */
  constructor(acceptedKeys: readonly string[], check: typeof isSignedBy) {
    this.#mayReplaceServerKey = new Set(acceptedKeys)
    this.#isSignedBy = check
  }

  get last(): { readonly n: number; readonly hash: string } {
    return this.#last
  }

  check(entry: Entry, report: Report): void {
    const { hash, ...said } = entry
    if (entry.n !== this.#last.n + 1) report('missing', `entry ${this.#last.n + 1} is not there`)
    if (entry.prev_hash !== this.#last.hash) report('not-chained', 'it does not name the hash of the entry before')
    if (auditHash(said) !== hash) report('changed', 'its hash is not that of what it says')
    this.#last = { n: entry.n, hash }
    const isServer = entry.device_id === SERVER_DEVICE_ID
    if (isServer) this.#checkServerDeed(entry, report)
    else if (SERVER_NAME.test(entry.name) && entry.outcome !== 'refused') report('not-the-server', 'a deed of the server that another device signed')
    this.#checkSignature(entry, report)
    if (isServer) this.#noteDeed(entry, report)
  }

  /** Only the server's: anybody may send a command of that name, which is refused and means nothing. */
  #noteDeed(entry: Entry, report: Report): void {
    if (entry.name === 'device/register') this.#register(entry, report)
    if (entry.name === 'device/revoke') this.#revoke(entry, report)
    if (entry.name === 'server/epoch') this.epochs.push({ epoch: textIn(entry.args, 'epoch'), fromN: entry.n })
  }

  #checkServerDeed(entry: Entry, report: Report): void {
    if (!SERVER_NAME.test(entry.name)) report('not-a-person', 'a command of a person that the server signed')
    if (entry.changes.length > 0 && textIn(entry.args, 'changesSha256') !== sha256Hex(canonicalJson(entry.changes))) report('changed', 'its rows are not those that were signed')
    if (entry.name === 'server/key') this.#takeServerKey(entry, report)
  }

  #takeServerKey(entry: Entry, report: Report): void {
    const publicKey = textIn(entry.args, 'publicKey')
    const key = publicKeyOf(publicKey)
    const known = this.devices.get(SERVER_DEVICE_ID)
    if (!key) {
      report('bad-key', 'it names no public key')
      return
    }
    if (known && !this.#mayReplaceServerKey.has(publicKey)) report('server-key-replaced', `the server speaks with another key from here on: ${publicKey}`)
    const { lastN, hash, createdAtMs } = known ?? { lastN: 0, hash: NO_HASH, createdAtMs: entry.made_at_ms }
    this.devices.set(SERVER_DEVICE_ID, { colleagueId: null, name: 'Server', publicKey, key, createdAtMs, lastN, hash, revoked: null })
  }

  #register({ args, made_at_ms: createdAtMs }: Entry, report: Report): void {
    const [id, publicKey] = [textIn(args, 'deviceId'), textIn(args, 'publicKey')]
    const key = publicKeyOf(publicKey)
    if (!key) {
      report('bad-key', 'it names no public key')
      return
    }
    if (this.devices.has(id)) {
      report('registered-twice', `device ${id} had a key already`)
      return
    }
    this.devices.set(id, { colleagueId: textIn(args, 'colleagueId'), name: textIn(args, 'name'), publicKey, key, createdAtMs, lastN: 0, hash: NO_HASH, revoked: null })
  }

  #revoke({ args, made_at_ms: atMs }: Entry, report: Report): void {
    const device = this.devices.get(textIn(args, 'deviceId'))
    if (!device) report('unknown-device', `device ${textIn(args, 'deviceId')} was never registered`)
    else device.revoked ??= { atMs, by: textIn(args, 'revokedBy') }
  }

  #checkSignature(entry: Entry, report: Report): void {
    const { device_n: n, args_hash: argsHash, signature, command_id: id, device_id: deviceId, name, version, made_at_ms: madeAtMs } = entry
    const device = this.devices.get(deviceId)
    if (!device) {
      report('unknown-device', `device ${deviceId} was never registered`)
      return
    }
    if (n === null || argsHash === null || signature === null) {
      report('unsigned', 'it carries no signature')
      return
    }
    if (device.revoked) report('device-revoked', 'the device had been withdrawn before')
    if (entry.actor_id !== device.colleagueId) report('other-person', 'its person is not the one of the device')
    if (n !== device.lastN + 1) report('device-gap', `command ${device.lastN + 1} of the device is not there`)
    const isArgsRight = sha256Hex(canonicalJson(entry.args ?? null)) === argsHash
    if (!isArgsRight && !(entry.args === null && entry.outcome === 'refused')) report('changed', 'its arguments are not those that were signed')
    const text = signedTextOf({ deviceId, n, id, name, version, argsHash, madeAtMs, prevHash: device.hash })
    device.lastN = n
    device.hash = sha256Hex(text)
    if (entry.device_hash !== device.hash) report('device-not-chained', 'it does not follow the command before it on its device')
    if (!this.#isSignedBy(device.key, text, signature)) report('bad-signature', 'the device did not sign this')
  }
}

/** A member of an entry's arguments; '' where it is no text. */
function textIn(args: unknown, member: string): string {
  const value = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>)[member] : undefined
  return typeof value === 'string' ? value : ''
}

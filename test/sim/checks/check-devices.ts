import { createHash, createPublicKey, verify } from 'node:crypto'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import type { SimWorld } from '../sim-world.ts'

interface Device {
  readonly id: string
  readonly last_n: number
  readonly chain_hash: string
  readonly public_key: string
}
interface Signed {
  readonly device_id: string
  readonly device_n: number
  readonly command_id: string
  readonly name: string
  readonly version: number
  readonly args: unknown
  readonly args_hash: string
  readonly made_at_ms: number
  readonly signature: string
  readonly device_hash: string
}

const NOTHING_BEFORE = '0'.repeat(64)
const ED25519_DER = Buffer.from('302a300506032b6570032100', 'hex')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * I10 of devices: what the trail holds of each was signed by it, one command behind the other, up to where its row says; and no laptop
 * found that the history it was shown is another one than it knew. Written apart from the product's own signing.
 */
export function checkDevices(sim: SimWorld): void {
  const { database } = sim.server
  const trail = database.query<Signed>(
    'SELECT device_id, device_n, command_id, name, version, args, args_hash, made_at_ms, signature, device_hash FROM audit WHERE device_n IS NOT NULL ORDER BY n',
  )
  for (const device of database.query<Device>('SELECT id, last_n, chain_hash, public_key FROM device ORDER BY id')) {
    const entries = trail.filter((entry) => entry.device_id === device.id)
    checkChain(sim, device, entries)
  }
  for (const { n, main } of sim.clients) if (main?.heads.alarm) sim.violate('I10', `client ${n} finds another history than it knew: ${JSON.stringify(main.heads.alarm)}`)
}

function checkChain(sim: SimWorld, device: Device, entries: readonly Signed[]): void {
  const key = createPublicKey({ key: Buffer.concat([ED25519_DER, Buffer.from(device.public_key, 'base64url')]), format: 'der', type: 'spki' })
  let [n, hash] = [0, NOTHING_BEFORE]
  for (const entry of entries) {
    const text = ['rapport/command/1', device.id, ++n, entry.command_id, entry.name, entry.version, entry.args_hash, entry.made_at_ms, hash].join('\n')
    hash = sha256(text)
    const isRight = entry.device_n === n && entry.device_hash === hash && verify(null, Buffer.from(text), key, Buffer.from(entry.signature, 'base64url'))
    if (!isRight) {
      sim.violate('I10', `device ${device.id}: command ${n} (${entry.command_id}) does not follow the one before it`)
      return
    }
    if (entry.args !== null && sha256(canonicalJson(entry.args)) !== entry.args_hash) sim.violate('I10', `device ${device.id}: command ${n} was signed with other arguments`)
  }
  if (device.last_n !== n || device.chain_hash !== hash) sim.violate('I10', `device ${device.id} ends at ${device.last_n}, its commands at ${n}`)
}

import type { RowChange } from '../../../shared/commands/define-command.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import type { SimWorld } from '../sim-world.ts'
import { world } from '../world/globals.ts'
import { START_MS } from '../world/scheduler.ts'
import type { Firm } from './visible-rows.ts'

interface Entry {
  readonly command_id: string
  readonly actor_id: string | null
  readonly owner_id: string | null // of the device
  readonly received_at_ms: number
  readonly changes: readonly RowChange[]
}

/** Whoever puts a date on a command that a device sent, it is not that device. */
const OF_DEVICES = `SELECT a.command_id, a.actor_id, d.colleague_id AS owner_id, a.received_at_ms, a.changes FROM audit a LEFT JOIN device d ON d.id = a.device_id ORDER BY a.n`

/**
 * I8 of rows: each entry of the trail begins with the rows as the one before left them, and the last ones are what the tables hold. [H3]
 * I16: a command is dated by the server's clock, and is its device's owner's.
 */
export function checkHistory(sim: SimWorld, firm: Firm): void {
  const rows = new Map<string, string>() // as the trail left them
  const nowMs = world.scheduler.wallMs(sim.server.process)
  for (const { command_id: id, actor_id, owner_id, received_at_ms: atMs, changes } of sim.server.database.query<Entry>(OF_DEVICES)) {
    if (owner_id !== null && actor_id !== owner_id) sim.violate('I16', `${id} came from a device of ${owner_id} and stands in the name of ${actor_id}`)
    if (owner_id !== null && (atMs < START_MS || atMs > nowMs))
      sim.violate('I16', `${id} is dated ${new Date(atMs).toISOString()}, the server’s clock is at ${new Date(nowMs).toISOString()}`)
    for (const { table, before, after } of changes) {
      const key = `${table} ${after.id}`
      const known = rows.get(key)
      if (known !== undefined && known !== canonicalJson(before))
        sim.violate('I8', `${id} changed ${key} from what nobody had left: ${canonicalJson(before).slice(0, 300)} instead of ${known.slice(0, 300)}`)
      rows.set(key, canonicalJson(after))
    }
  }
  for (const [table, list] of firm) {
    for (const row of list) {
      const known = rows.get(`${table} ${row.id}`)
      if (known !== undefined && known !== canonicalJson(row))
        sim.violate('I8', `the trail leaves ${table} ${row.id} as ${known.slice(0, 300)}, the table has ${canonicalJson(row).slice(0, 300)}`)
      rows.delete(`${table} ${row.id}`)
    }
  }
  for (const key of rows.keys()) sim.violate('I8', `the trail has ${key}, the tables have not`)
}

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { writeAudit } from '../../server/audit/audit-chain.ts'
import { sha256Hex } from '../../server/audit/ed25519.ts'
import type { AuditTable } from '../../server/db/schema.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { must } from '../../shared/lib/must.ts'
import { signedTextOf } from '../../shared/sync/signing.ts'
import { changed, type Json, loadTrail, rechain, resign, type Tampering, undo } from './rewrite-trail.ts'
import type { Random } from './seeded.ts'

const pickCommand = (trail: readonly AuditTable[], random: Random): AuditTable | undefined => {
  const commands = trail.filter((e) => e.changes !== null && (e.changes as unknown[]).length > 0)
  return commands.length > 0 ? random.pick(commands) : undefined
}

/** Lies in the trail itself. */
export const trailTamperings: Readonly<Record<string, Tampering>> = {
  'edits a field of an entry': async (tx, random) => {
    const entry = random.pick(await loadTrail(tx))
    const field = random.pick(['name', 'version', 'made_at_ms', 'received_at_ms', 'device_n', 'args_hash', 'signature', 'device_hash', 'seq', 'prev_hash', 'hash'] as const)
    await tx
      .updateTable('audit')
      .set({ [field]: changed(entry[field]) })
      .where('n', '=', entry.n)
      .execute()
    return true
  },
  'edits the arguments of an entry': async (tx, random) => {
    const entry = random.pick(await loadTrail(tx))
    await tx
      .updateTable('audit')
      .set({ args: JSON.stringify({ ...(entry.args as Json), note: 'other' }) })
      .where('n', '=', entry.n)
      .execute()
    return true
  },
  'edits an entry’s time and chains the whole trail anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const entry = random.pick(trail)
    entry.received_at_ms -= 86_400_000
    await rechain(tx, trail, entry.n)
    return true
  },
  'edits a row in the trail and in its table, and chains anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const notes = trail.filter((e) => e.name === 'contact/log' && e.outcome === 'applied')
    if (notes.length === 0) return false
    const entry = random.pick(notes)
    const id = String((entry.args as Json)['id'])
    const text = JSON.stringify(trail.slice(entry.n - 1).map((e) => e.changes))
    const forged = JSON.parse(text, (key, value) => (key === 'subject' ? 'Another subject' : value)) as unknown[]
    for (const [i, changes] of forged.entries()) Object.assign(must(trail[entry.n - 1 + i], 'entry'), { changes })
    await sql`UPDATE contact_entries SET subject = 'Another subject'`.execute(tx)
    await rechain(tx, trail, entry.n)
    return id.length > 0
  },
  'deletes an entry': async (tx, random) => {
    await sql`DELETE FROM audit WHERE n = ${random.pick(await loadTrail(tx)).n}`.execute(tx)
    return true
  },
  'deletes an entry and chains anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const { n } = random.pick(trail)
    await rechain(tx, trail.toSpliced(n - 1, 1), n)
    return true
  },
  'deletes the entries that made a record, with the record, and chains anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const added = trail.filter((e) => e.name === 'follow-up/add' || e.name === 'contact/log')
    if (added.length === 0) return false
    const entry = random.pick(added)
    const id = String((entry.args as Json)['id'])
    const kept = trail.filter((e) => !JSON.stringify(e.changes).includes(id))
    await sql`DELETE FROM follow_ups WHERE id = ${id}::uuid`.execute(tx)
    await sql`DELETE FROM contact_entries WHERE id = ${id}::uuid`.execute(tx)
    await sql`DELETE FROM command_log WHERE command_id = ${entry.command_id}::uuid`.execute(tx)
    await rechain(tx, kept, entry.n)
    return true
  },
  'inserts a forged entry and chains anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const entry = random.pick(trail)
    await rechain(tx, trail.toSpliced(entry.n, 0, { ...entry, command_id: randomUUID() }), entry.n)
    return true
  },
  'adds an entry at the end that a forger signed': async (tx, random, forger) => {
    const trail = await loadTrail(tx)
    const entry = pickCommand(trail, random)
    if (!entry) return false
    const device = await tx.selectFrom('device').selectAll().where('id', '=', entry.device_id).executeTakeFirstOrThrow()
    const [id, n] = [randomUUID(), device.last_n + 1]
    const argsHash = sha256Hex(canonicalJson(entry.args))
    const text = signedTextOf({ deviceId: device.id, n, id, name: entry.name, version: entry.version, argsHash, madeAtMs: 5, prevHash: device.chain_hash })
    const forged = { ...entry, command_id: id, device_n: n, args_hash: argsHash, made_at_ms: 5, signature: forger.sign(text), device_hash: sha256Hex(text), changes: [] }
    await tx
      .updateTable('device')
      .set({ last_n: n, chain_hash: sha256Hex(text) })
      .where('id', '=', device.id)
      .execute()
    await rechain(tx, [...trail, forged], trail.length + 1)
    return true
  },
  'swaps two entries': async (tx, random) => {
    const trail = await loadTrail(tx)
    const at = random.below(trail.length - 1)
    const [a, b] = [must(trail[at], 'entry'), must(trail[at + 1], 'entry')]
    await sql`DELETE FROM audit WHERE n IN (${a.n}, ${b.n})`.execute(tx)
    await writeAudit(tx, [
      { ...a, n: b.n },
      { ...b, n: a.n },
    ])
    return true
  },
  'swaps two entries and chains anew': async (tx, random) => {
    const trail = await loadTrail(tx)
    const at = random.below(trail.length - 1)
    const [a, b] = [must(trail[at], 'entry'), must(trail[at + 1], 'entry')]
    await rechain(tx, trail.toSpliced(at, 2, b, a), at + 1)
    return true
  },
  'cuts off the end and nothing else': async (tx, random) => {
    const trail = await loadTrail(tx)
    await rechain(tx, trail.slice(0, trail.length - 1 - random.below(20)), trail.length)
    return true
  },
  'cuts off the end with rows, answers and device chains': async (tx, random) => {
    const trail = await loadTrail(tx)
    const from = trail.length - random.below(Math.min(30, trail.length - 5))
    for (const entry of trail.slice(from - 1).reverse()) await undo(tx, entry)
    await sql`DELETE FROM audit WHERE n >= ${from}`.execute(tx)
    const last = must(trail[from - 2], 'entry')
    await tx.updateTable('head').set({ audit_n: last.n, audit_hash: last.hash }).execute()
    return true
  },
  'signs everything again with another key': async (tx, random, forger) => {
    const trail = await loadTrail(tx)
    const entry = random.pick(trail)
    entry.made_at_ms += 60_000
    await resign(tx, trail, forger, () => true)
    await rechain(tx, trail, 1)
    return true
  },
  'signs one device’s commands again with another key': async (tx, random, forger) => {
    const trail = await loadTrail(tx)
    const { device_id } = random.pick(trail)
    await resign(tx, trail, forger, (id) => id === device_id)
    await rechain(tx, trail, 1)
    return true
  },
}

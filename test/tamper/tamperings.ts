import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { chainEntries, writeAudit } from '../../server/audit/audit-chain.ts'
import { sha256Hex } from '../../server/audit/ed25519.ts'
import { SERVER_DEVICE_ID } from '../../server/audit/entry-hash.ts'
import { fieldsOf, snakeCase } from '../../server/db/columns.ts'
import type { Tx } from '../../server/db/open-database.ts'
import { selectRows } from '../../server/db/record-sql.ts'
import type { AuditTable } from '../../server/db/schema.ts'
import { type TableName, tableNames } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { must } from '../../shared/lib/must.ts'
import { NO_HASH, type Signer, signedTextOf } from '../../shared/sync/signing.ts'
import type { Random } from './seeded.ts'

/** What somebody with every right on the database does to it. @returns false = nothing to do it to, try another */
export type Tampering = (tx: Tx, random: Random, forger: Signer) => Promise<boolean>

type Json = Record<string, unknown>
const loadTrail = async (tx: Tx): Promise<AuditTable[]> => tx.selectFrom('audit').selectAll().orderBy('n').execute()

/** Writes the trail anew from entry `from` on, numbered, linked and hashed as if it had always been so, and moves the head. */
async function rechain(tx: Tx, trail: readonly AuditTable[], from: number): Promise<void> {
  const before = trail[from - 2]
  const facts = trail.slice(from - 1).map(({ n: _n, prev_hash: _p, hash: _h, ...fact }) => fact)
  const entries = chainEntries({ n: before?.n ?? 0, hash: before?.hash ?? NO_HASH }, facts)
  await sql`DELETE FROM audit WHERE n >= ${from}`.execute(tx)
  await writeAudit(tx, entries)
  const last = entries.at(-1) ?? before
  await tx
    .updateTable('head')
    .set({ audit_n: last?.n ?? 0, audit_hash: last?.hash ?? NO_HASH })
    .execute()
}

/** Signs every entry of these devices with the forger's key, links their chains, and says in the trail that it was theirs. */
async function resign(tx: Tx, trail: AuditTable[], forger: Signer, isForged: (deviceId: string) => boolean): Promise<void> {
  const ends = new Map<string, { n: number; hash: string }>()
  for (const [i, entry] of trail.entries()) {
    const args = entry.args as Json | null
    const isRegistration = entry.name === 'server/key' ? isForged(SERVER_DEVICE_ID) : entry.name === 'device/register' && isForged(String(args?.['deviceId']))
    if (isRegistration) entry.args = { ...args, publicKey: forger.publicKey }
    if (!isForged(entry.device_id) || entry.device_n === null) continue
    const end = ends.get(entry.device_id) ?? { n: 0, hash: NO_HASH }
    const argsHash = entry.args === null ? (entry.args_hash ?? '') : sha256Hex(canonicalJson(entry.args))
    const n = end.n + 1
    const facts = { deviceId: entry.device_id, n, id: entry.command_id, name: entry.name, version: entry.version, argsHash, madeAtMs: entry.made_at_ms, prevHash: end.hash }
    const text = signedTextOf(facts)
    ends.set(entry.device_id, { n, hash: sha256Hex(text) })
    trail[i] = { ...entry, device_n: n, args_hash: argsHash, signature: forger.sign(text), device_hash: sha256Hex(text) }
  }
  for (const [id, { n, hash }] of ends) await tx.updateTable('device').set({ public_key: forger.publicKey, last_n: n, chain_hash: hash }).where('id', '=', id).execute()
}

const pickCommand = (trail: readonly AuditTable[], random: Random): AuditTable | undefined => {
  const commands = trail.filter((e) => e.changes !== null && (e.changes as unknown[]).length > 0)
  return commands.length > 0 ? random.pick(commands) : undefined
}

const changed = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value ?? ''}x`)

/** Another value in a random field of a row, one that the constraints let through. */
async function editRow(tx: Tx, random: Random, table: TableName): Promise<boolean> {
  const rows = await selectRows(tx, table, sql`true`)
  if (rows.length === 0) return false
  const row = random.pick(rows).row as unknown as Json
  for (let attempt = 0; attempt < 20; attempt++) {
    const [field, type] = random.pick(fieldsOf(table).filter(([f]) => f !== 'id'))
    const value = otherValue(row[field], type)
    if (value === undefined) continue
    await sql`SAVEPOINT edit`.execute(tx)
    try {
      await sql`UPDATE ${sql.table(snakeCase(table))} SET ${sql.ref(snakeCase(field))} = ${value} WHERE id = ${row['id']}::uuid`.execute(tx)
      return true
    } catch {
      await sql`ROLLBACK TO SAVEPOINT edit`.execute(tx)
    }
  }
  return false
}

function otherValue(value: unknown, type: string): unknown {
  if (type === 'jsonb') return Array.isArray(value) && value.length > 0 ? JSON.stringify([...value].reverse().slice(1)) : undefined
  if (type === 'date') return value === null ? '2020-01-01' : '2019-02-03'
  if (type === 'uuid') return randomUUID()
  return type === 'text' && value === null ? 'x' : changed(value)
}

const tableOf = (random: Random): TableName => random.pick(tableNames)

/** Every way that we know of to lie about the past, each for itself; see the test for what is expected of all of them. */
export const tamperings: Readonly<Record<string, Tampering>> = {
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
  'exchanges a device’s key': async (tx, random, forger) => {
    const devices = await tx.selectFrom('device').select('id').execute()
    await tx.updateTable('device').set({ public_key: forger.publicKey }).where('id', '=', random.pick(devices).id).execute()
    return true
  },
  'edits a device': async (tx, random) => {
    const device = random.pick(await tx.selectFrom('device').selectAll().execute())
    const field = random.pick(['name', 'last_n', 'chain_hash'] as const)
    await tx
      .updateTable('device')
      .set({ [field]: changed(device[field]) })
      .where('id', '=', device.id)
      .execute()
    return true
  },
  'edits a row': (tx, random) => editRow(tx, random, tableOf(random)),
  'edits a bank line': (tx, random) => editRow(tx, random, 'accountActivities'),
  'edits a claim': (tx, random) => editRow(tx, random, 'outcomeClaims'),
  'deletes a row': async (tx, random) => {
    const table = tableOf(random)
    const rows = await selectRows(tx, table, sql`true`)
    if (rows.length === 0) return false
    await sql`DELETE FROM ${sql.table(snakeCase(table))} WHERE id = ${random.pick(rows).row.id}::uuid`.execute(tx)
    return true
  },
  'copies a row': async (tx, random) => {
    const table = random.pick(['followUps', 'contactEntries', 'accountActivities', 'verificationCases', 'households'] as const)
    const rows = await selectRows(tx, table, sql`true`)
    if (rows.length === 0) return false
    const name = sql.table(snakeCase(table))
    const copy = JSON.stringify({ id: randomUUID() })
    await sql`INSERT INTO ${name} SELECT (jsonb_populate_record(t, ${copy}::jsonb)).* FROM ${name} t WHERE id = ${random.pick(rows).row.id}::uuid`.execute(tx)
    return true
  },
  'swaps what two records say': async (tx, random) => {
    const table = random.pick(['followUps', 'contactEntries', 'households', 'outcomeClaims'] as const)
    const rows = await selectRows(tx, table, sql`true`)
    const [a, b] = [random.pick(rows).row, random.pick(rows).row]
    if (a.id === b.id || canonicalJson({ ...a, id: '' }) === canonicalJson({ ...b, id: '' })) return false
    const name = sql.table(snakeCase(table))
    const spare = randomUUID()
    for (const [from, to] of [
      [a.id, spare],
      [b.id, a.id],
      [spare, b.id],
    ])
      await sql`UPDATE ${name} SET id = ${to}::uuid WHERE id = ${from}::uuid`.execute(tx)
    return true
  },
  'edits a stored answer': async (tx, random) => {
    const log = random.pick(await tx.selectFrom('command_log').selectAll().execute())
    const field = random.pick(['body_hash', 'seq', 'command_id', 'n'] as const)
    const value = field === 'command_id' ? randomUUID() : field === 'n' ? log.n + 100_000 : changed(log[field])
    await tx
      .updateTable('command_log')
      .set({ [field]: value })
      .where('command_id', '=', log.command_id)
      .execute()
    return true
  },
  'deletes a stored answer': async (tx, random) => {
    const log = random.pick(await tx.selectFrom('command_log').select('command_id').execute())
    await tx.deleteFrom('command_log').where('command_id', '=', log.command_id).execute()
    return true
  },
  'inserts a stored answer': async (tx, random) => {
    const log = random.pick(await tx.selectFrom('command_log').selectAll().execute())
    const { device_id, body_hash, seq } = log
    await tx.insertInto('command_log').values({ device_id, n: 1_000_000, command_id: randomUUID(), body_hash, status: 'applied', error: null, seq }).execute()
    return true
  },
  'edits the head': async (tx, random) => {
    const change = random.pick([{ audit_n: 1 }, { audit_hash: 'a'.repeat(64) }, { epoch: randomUUID() }])
    await tx.updateTable('head').set(change).execute()
    return true
  },
}

/** Takes back what an entry did, as thoroughly as somebody could. */
async function undo(tx: Tx, entry: AuditTable): Promise<void> {
  for (const { table, before, after } of [...(entry.changes as { table: TableName; before: Json | null; after: Json }[])].reverse()) {
    const name = sql.table(snakeCase(table))
    await sql`DELETE FROM ${name} WHERE id = ${after['id']}::uuid`.execute(tx)
    if (!before) continue
    const columns = Object.fromEntries(Object.entries({ ...before, seq: 1 }).map(([field, value]) => [snakeCase(field), value]))
    await sql`INSERT INTO ${name} SELECT * FROM jsonb_populate_record(null::${name}, ${JSON.stringify(columns)}::jsonb)`.execute(tx)
  }
  if (entry.left_out) await sql`DELETE FROM account_activities WHERE file_id = ${(entry.left_out as { fileId: string }).fileId}::uuid`.execute(tx)
  await sql`DELETE FROM command_log WHERE command_id = ${entry.command_id}::uuid`.execute(tx)
  if (entry.name === 'device/register') await sql`DELETE FROM device WHERE id = ${(entry.args as Json)['deviceId']}::uuid`.execute(tx)
  const last = await tx
    .selectFrom('audit')
    .select(['device_n', 'device_hash'])
    .where('device_id', '=', entry.device_id)
    .where('n', '<', entry.n)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  await tx
    .updateTable('device')
    .set({ last_n: last?.device_n ?? 0, chain_hash: last?.device_hash ?? NO_HASH })
    .where('id', '=', entry.device_id)
    .execute()
}

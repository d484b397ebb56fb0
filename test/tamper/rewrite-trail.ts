import { sql } from 'kysely'
import { chainEntries, writeAudit } from '../../server/audit/audit-chain.ts'
import { sha256Hex } from '../../server/audit/ed25519.ts'
import { SERVER_DEVICE_ID } from '../../server/audit/entry-hash.ts'
import { snakeCase } from '../../server/db/columns.ts'
import type { Tx } from '../../server/db/open-database.ts'
import type { AuditTable } from '../../server/db/schema.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { NO_HASH, type Signer, signedTextOf } from '../../shared/sync/signing.ts'
import type { Random } from './seeded.ts'

/** What somebody with every right on the database does to it. @returns false = nothing to do it to, try another */
export type Tampering = (tx: Tx, random: Random, forger: Signer) => Promise<boolean>

export type Json = Record<string, unknown>
export const loadTrail = async (tx: Tx): Promise<AuditTable[]> => tx.selectFrom('audit').selectAll().orderBy('n').execute()

/** Writes the trail anew from entry `from` on, numbered, linked and hashed as if it had always been so, and moves the head. */
export async function rechain(tx: Tx, trail: readonly AuditTable[], from: number): Promise<void> {
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
export async function resign(tx: Tx, trail: AuditTable[], forger: Signer, isForged: (deviceId: string) => boolean): Promise<void> {
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

/** Another value of the same kind. */
export const changed = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value ?? ''}x`)

/** Takes back what an entry did, as thoroughly as somebody could. */
export async function undo(tx: Tx, entry: AuditTable): Promise<void> {
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

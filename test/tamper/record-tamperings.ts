import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { fieldsOf, snakeCase } from '../../server/db/columns.ts'
import type { Tx } from '../../server/db/open-database.ts'
import { selectRows } from '../../server/db/record-sql.ts'
import { type TableName, tableNames } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { changed, type Json, type Tampering } from './rewrite-trail.ts'
import type { Random } from './seeded.ts'

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

/** Lies beside the trail: devices, records, stored answers and the head. */
export const recordTamperings: Readonly<Record<string, Tampering>> = {
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
  'says that another withdrew a device, or at another time': async (tx, random) => {
    const device = random.pick(await tx.selectFrom('device').selectAll().execute())
    const anybody = random.pick(await tx.selectFrom('colleagues').select('id').execute()).id
    const change = random.pick([{ revoked_by: anybody }, { revoked_at_ms: (device.revoked_at_ms ?? 0) + 1 }, { created_at_ms: device.created_at_ms - 1 }])
    await tx.updateTable('device').set(change).where('id', '=', device.id).execute()
    return true
  },
  'exchanges the bytes of a statement, or takes them away': async (tx, random) => {
    const files = await tx.selectFrom('feed_files').select('sha256').execute()
    if (files.length === 0) return false
    const { sha256 } = random.pick(files)
    if (random.below(2) === 0) await tx.deleteFrom('blob').where('sha256', '=', sha256).execute()
    else
      await tx
        .updateTable('blob')
        .set({ bytes: Buffer.from('another statement') })
        .where('sha256', '=', sha256)
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

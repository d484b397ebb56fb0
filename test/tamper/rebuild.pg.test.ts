import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuildVersions } from '../../server/audit/rebuild-versions.ts'
import { fieldsOf, snakeCase } from '../../server/db/columns.ts'
import { type TableName, tableNames } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { must } from '../../shared/lib/must.ts'
import { type HonestFirm, makeHonestFirm } from './honest-firm.ts'
import { Random } from './seeded.ts'

const COUNT = 1_000
const SEED = Number(process.env['TAMPER_SEED'] ?? 1)

let firm: HonestFirm
beforeAll(async () => {
  firm = await makeHonestFirm(0.15, SEED, async (db) => {
    // What each table holds at each moment is written down by the database itself, past all our code.
    await sql.raw('CREATE TABLE held (at bigint GENERATED ALWAYS AS IDENTITY, table_name text, id uuid, said jsonb)').execute(db)
    await sql
      .raw(
        `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO held (table_name, id, said) VALUES (TG_TABLE_NAME, NEW.id, to_jsonb(NEW)); RETURN NULL; END $$`,
      )
      .execute(db)
    for (const table of tableNames) await sql.raw(`CREATE TRIGGER hold AFTER INSERT OR UPDATE ON ${snakeCase(table)} FOR EACH ROW EXECUTE FUNCTION hold()`).execute(db)
  })
}, 120_000)
afterAll(() => firm.close())

const rowOf = (table: TableName, said: Readonly<Record<string, unknown>>): string =>
  canonicalJson(Object.fromEntries(fieldsOf(table).map(([field]) => [field, said[snakeCase(field)]])))

test(`[H3] every version of ${COUNT} random records is rebuilt byte for byte`, { timeout: 120_000 }, async () => {
  const { db } = firm.host
  const { rows } = await sql<{ table_name: string; id: string; said: Record<string, unknown> }>`SELECT table_name, id, said FROM held ORDER BY at`.execute(db)
  const tableBySql = new Map(tableNames.map((t) => [snakeCase(t), t]))
  const held = Map.groupBy(rows, (r) => `${r.table_name} ${r.id}`)
  const random = new Random(SEED)
  const left = [...held.keys()]
  let versionCount = 0
  let longestMs = 0
  for (let i = 0; i < COUNT; i++) {
    const [key] = left.splice(random.below(left.length), 1)
    const of = must(held.get(key ?? ''), 'record')
    const first = must(of[0], 'version')
    const table = must(tableBySql.get(first.table_name), 'table')
    const startedMs = performance.now()
    const rebuilt = (await rebuildVersions(db, table, first.id)).map(({ row }) => canonicalJson(row))
    longestMs = Math.max(longestMs, performance.now() - startedMs)
    const wanted = of.map(({ said }) => rowOf(table, said))
    expect(rebuilt.filter((version) => wanted.includes(version))).toEqual(wanted)
    expect(rebuilt.at(-1)).toBe(wanted.at(-1))
    versionCount += wanted.length
  }
  console.log(`${COUNT} of ${held.size} records, ${versionCount} versions, longest ${longestMs.toFixed(0)} ms, seed ${SEED}`)
})

import { sql } from 'kysely'
import type { BaseRows } from '../../../renderer/db/base-rows.ts'
import { loadRows } from '../../../renderer/db/load-replica.ts'
import { InlinePageReader } from '../../../renderer/db/page-reader.ts'
import { verifyChain } from '../../../server/audit/verify-chain.ts'
import { FIRM_ZONE } from '../../../server/auth/access.ts'
import { selectRows } from '../../../server/db/record-sql.ts'
import { type AnyRow, type TableName, tableNames } from '../../../shared/domain/tables.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { localDateOf } from '../../../shared/lib/local-date.ts'
import type { SimClient } from '../client/sim-client.ts'
import { openGate } from '../server/pglite-dialect.ts'
import { people, roleOf } from '../server/sim-firm.ts'
import type { SimWorld } from '../sim-world.ts'
import { world } from '../world/globals.ts'
import { checkDevices } from './check-devices.ts'
import { checkHistory } from './check-history.ts'
import { checkTrail } from './check-trail.ts'
import { type Firm, whatIsVisible } from './visible-rows.ts'

/** Everything that must hold once all faults are over and time enough has passed; runs in the world's own time. */
export async function checkAtRest(sim: SimWorld): Promise<void> {
  sim.server.database.gate = openGate
  await sim.noteCommitted()
  const firm = await readFirm(sim)
  const todayOn = localDateOf(world.scheduler.wallMs(sim.server.process), FIRM_ZONE)
  for (const client of sim.clients) {
    checkSaved(sim, client)
    checkUnsaved(sim, client)
    const expected = whatIsVisible(firm, people[client.person], roleOf(client.person), client.person, todayOn)
    compare(sim, 'I4', `what client ${client.n} shows`, expected, shownBy(client))
    compare(sim, 'I4', `what client ${client.n} has stored`, expected, await storedBy(client))
  }
  const finding = await verifyChain(sim.server.db)
  if (finding) sim.violate('I10', `the trail: ${JSON.stringify(finding)}`)
  checkTrail(sim)
  checkHistory(sim, firm)
  checkDevices(sim)
  for (const bug of sim.server.bugs) if (!/simulated/.test(bug)) sim.violate('bug', bug)
}

/** I15: what was answered "not saved" is nowhere. A disk that lied, or a database that came back older, may bring it back. */
function checkUnsaved(sim: SimWorld, client: SimClient): void {
  if (sim.liedTo.has(client.n) || sim.databasesLost.has(client.n)) return
  const entries = new Set(sim.server.database.query<{ readonly id: string }>('SELECT id FROM contact_entries').map(({ id }) => id))
  for (const id of client.unsaved) if (entries.has(id)) sim.violate('I15', `client ${client.n} was told that entry ${id} was not saved, and the server has it`)
}

/** What says nothing about a command: it has to wait, not to be given up. */
const NO_REASONS = /^(sync\/client-too-old|server\/unavailable|sync\/offline|session\/|request\/too-many)/

/** I1, I14: what was answered "saved" is decided by the server, and a refusal is still shown. */
function checkSaved(sim: SimWorld, client: SimClient): void {
  const listed = new Map(client.main?.journal.listOpen().map((item) => [item.id, item]) ?? [])
  const shown = new Set(client.window?.session.replica.attention.map((item) => item.id))
  for (const { id, call } of client.saved) {
    const logged = sim.committed.get(id)
    const isRefusedHere = listed.get(id)?.status === 'refused'
    const isBeyondMending = sim.liedTo.has(client.n) && sim.restoreCount > 0 // its disk lost the laptop's copy, and the restore the server's
    if (!logged && !isRefusedHere && !client.discarded.has(id) && !isBeyondMending)
      sim.violate('I1', `client ${client.n} had saved ${id} (${call.name}), and the server never got it`)
    const reason = isRefusedHere ? listed.get(id)?.error?.code : undefined
    if (!logged && reason && NO_REASONS.test(reason)) sim.violate('I12', `client ${client.n} gave up on ${id} (${call.name}) because of ${reason}`)
    const isRefused = logged ? logged.status === 'refused' : isRefusedHere
    if (isRefused && !client.discarded.has(id) && (!isRefusedHere || !shown.has(id))) {
      sim.violate('I14', `client ${client.n}: ${id} (${call.name}) was refused and is ${isRefusedHere ? 'not shown' : 'not kept'}`)
    }
  }
}

async function readFirm(sim: SimWorld): Promise<Firm> {
  const firm = new Map<TableName, readonly AnyRow[]>()
  for (const table of tableNames)
    firm.set(
      table,
      (await selectRows(sim.server.db, table, sql`true`)).map(({ row }) => row),
    )
  return firm
}

type Texts = ReadonlyMap<string, string>

const textsOf = (base: BaseRows): Texts => new Map(tableNames.flatMap((table) => [...base.rows(table)].map((row) => [`${table} ${row.id}`, canonicalJson(row)] as const)))

/** The rows of the view: at rest nothing is pending, so they are the server's. */
const shownBy = ({ window }: SimClient): Texts =>
  new Map(tableNames.flatMap((table) => (window?.session.replica.list(table) ?? []).map((row) => [`${table} ${row.id}`, canonicalJson(row)] as const)))

async function storedBy({ window }: SimClient): Promise<Texts> {
  if (!window) return new Map()
  const { scheduler } = world
  return new Promise((resolve) => {
    const load = async () => {
      const { base } = await loadRows(window.session.db, new InlinePageReader())
      scheduler.at(0, 'loaded to check', () => resolve(textsOf(base)), scheduler.harness)
    }
    scheduler.at(0, 'load to check', () => void load(), window.process)
  })
}

function compare(sim: SimWorld, rule: string, what: string, expected: Texts, found: Texts): void {
  for (const [key, text] of expected) {
    const other = found.get(key)
    if (other === undefined) sim.violate(rule, `${what} lacks ${key}`)
    else if (other !== text) sim.violate(rule, `${what} has another ${key}: ${other.slice(0, 600)} instead of ${text.slice(0, 600)}`)
  }
  for (const key of found.keys()) if (!expected.has(key)) sim.violate('I6', `${what} has ${key}, which is not theirs to see`)
}

/** Compares what the app said with what the server has, and what the server has with what the laptop shows. */
import { sql } from 'kysely'
import { verifyChain } from '../../server/audit/verify-chain.ts'
import { errorCatalog } from '../../shared/errors/error-catalog.ts'
import { ApiClient } from '../support/api-client.ts'
import { people } from '../support/people.ts'
import { waitFor } from '../support/wait-for.ts'
import type { FaultFirm } from './fault-firm.ts'
import type { Ledger } from './ledger.ts'
import { type PageState, readPage, syncNow } from './page-door.ts'

export interface Verdict {
  readonly asked: number
  readonly acknowledged: number
  readonly notSaved: number
  readonly unknown: number
  readonly refused: number // by the server, and listed for the person with the reason
  readonly lost: number // said to be saved; neither on the server nor listed
  readonly doubled: number
  readonly missing: number // rows of the server that the laptop does not show, or shows otherwise
  readonly unsaid: number // said to be not saved yet there, said with a code that no catalogue has, or not said at all in time
  readonly details: readonly string[]
}

interface ServerEntry {
  readonly id: string
  readonly subject: string
  readonly versions: readonly unknown[]
}

/** Call when the laptop is at rest. */
export async function checkHistory(firm: FaultFirm, ledger: Ledger): Promise<Verdict> {
  const state = await showsServerRows(firm)
  const { entries, applied } = await readServer(firm)
  const details: string[] = []
  const listed = new Map(state.pending.map((item) => [item.id, item.code]))
  const lost = ledger.lines.filter(({ told, commandId }) => told === 'saved' && commandId !== null && !applied.has(commandId) && !listed.has(commandId))
  for (const line of lost) details.push(`lost: ${line.what} ${line.entryId} command ${line.commandId}`)
  const doubled = findDoubled(ledger, entries, state, details)
  const unsaid = findUnsaid(ledger, entries, state, details)
  if (state.missing.length > 0) details.push(`missing: ${state.missing.slice(0, 5).join('; ')} …`)
  const chain = await firm.withDb((db) => verifyChain(db))
  if (chain) details.push(`trail: entry ${chain.n} is ${chain.problem}`)
  return {
    asked: ledger.lines.length,
    acknowledged: ledger.count('saved'),
    notSaved: ledger.count('not-saved'),
    unknown: ledger.count('unknown'),
    refused: state.pending.length,
    lost: lost.length,
    doubled: doubled + (chain ? 1 : 0),
    missing: state.missing.length,
    unsaid,
    details,
  }
}

/** The laptop pulls until it shows exactly the server's rows, or does not get there. */
async function showsServerRows(firm: FaultFirm): Promise<PageState & { readonly missing: readonly string[] }> {
  const api = await ApiClient.signIn(firm.server.url, people.advisor)
  const wanted = (await api.listRows()).flatMap(({ table, id, row }) => (row === null ? [] : [`${table} ${id} ${(row as { rev: number }).rev}`]))
  const differing = async () => {
    const state = await readPage(firm.page)
    const shown = new Set(state.rows)
    const all = new Set(wanted)
    return { ...state, missing: [...wanted.filter((row) => !shown.has(row)), ...state.rows.filter((row) => !all.has(row)).map((row) => `${row} (not on the server)`)] }
  }
  await syncNow(firm.page)
  await waitFor('the rows', async () => ((await differing()).missing.length === 0 ? true : undefined), { withinMs: 12_000, everyMs: 300 }).catch(() => undefined)
  return differing()
}

async function readServer(firm: FaultFirm): Promise<{ readonly entries: ReadonlyMap<string, ServerEntry>; readonly applied: ReadonlySet<string> }> {
  return firm.withDb(async (db) => {
    const entries = await sql<ServerEntry>`SELECT id, subject, versions FROM contact_entries WHERE subject LIKE 'F %'`.execute(db)
    const log = await db.selectFrom('command_log').select('command_id').where('status', '=', 'applied').execute()
    return { entries: new Map(entries.rows.map((entry) => [entry.id, entry])), applied: new Set(log.map((row) => row.command_id)) }
  })
}

/** An entry that is there already was sent as new once more; an amendment that stands there twice has two versions. */
function findDoubled(ledger: Ledger, entries: ReadonlyMap<string, ServerEntry>, state: PageState, details: string[]): number {
  let doubled = 0
  for (const { code, id } of state.pending) {
    if (code !== 'conflict/exists' && code !== 'conflict/field' && code !== 'sync/reused-id') continue
    doubled++
    details.push(`doubled: command ${id} came back as ${code}`)
  }
  for (const entry of entries.values()) {
    const amends = ledger.lines.filter((line) => line.entryId === entry.id && line.what === 'amend' && line.told !== 'not-saved').length
    if (entry.versions.length <= amends) continue
    doubled++
    details.push(`doubled: entry ${entry.id} has ${entry.versions.length} versions after ${amends} amendments`)
  }
  return doubled
}

function findUnsaid(ledger: Ledger, entries: ReadonlyMap<string, ServerEntry>, state: PageState, details: string[]): number {
  const found: string[] = []
  for (const { told, what, entryId, code } of ledger.lines) {
    if (told !== 'not-saved') continue
    if (what === 'log' && entries.has(entryId)) found.push(`entry ${entryId} was said to be not saved, and is there`)
    if (code === null || !(code in errorCatalog) || code === 'app/bug') found.push(`not saved with code ${code}`)
  }
  for (const { id, code } of state.pending) if (code === null || !(code in errorCatalog)) found.push(`command ${id} is refused without a reason`)
  if (state.shownUnsent !== String(state.status.unsentCount)) found.push(`the bar says ${state.shownUnsent}, main ${state.status.unsentCount}`)
  details.push(...found.map((text) => `unsaid: ${text}`))
  return found.length
}

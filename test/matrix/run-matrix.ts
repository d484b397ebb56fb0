import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CommandName } from '../../shared/commands/registry.ts'
import { commands } from '../../shared/commands/registry.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { must } from '../../shared/lib/must.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import { type Answer, HttpHost, type Layer } from '../support/http-host.ts'
import { mustDecodePage, unpackPage } from '../support/packed-pages.ts'
import { household } from '../support/server-firm.ts'
import { callsAt, clientRows, type MatrixRow, matrixRows } from './matrix-rows.ts'
import { may, ofNoHousehold, relations, sees, seesConfidential, seesOfFirm } from './policy-table.ts'

export interface Cell {
  readonly name: string // person × verb × what
  readonly expected: string
  readonly found: string
}

type Person = (typeof relations)[string]
interface Caller {
  readonly name: string
  readonly person: Person
  readonly token: string
  n: number
}

/** An id that nothing has. */
const ABSENT = 8

function isShown(row: MatrixRow, { id, role, to }: Person): boolean {
  const { table } = row.seed
  if (row.households.length === 0) return seesOfFirm(role).includes(table)
  return row.households.some((h) => {
    const relation = to[h - 1] ?? 'none'
    if (!sees[relation].includes(table)) return false
    const special = seesConfidential[relation]
    return !row.isConfidential || row.makerId === id || special === true || (special === 'claims' && ['outcomeClaims', 'verificationCases'].includes(table))
  })
}

async function bytesOf(
  host: HttpHost,
  token: string,
  householdIds: readonly string[],
  after: string | null,
): Promise<{ readonly rows: readonly WireRow[]; readonly next: string | null }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(`${host.url}/v1/sync/snapshot`, { method: 'POST', headers, body: JSON.stringify({ protocol: PROTOCOL_VERSION, householdIds, after }) })
  if (response.status !== 200) return { rows: [], next: null }
  const page = mustDecodePage(new Uint8Array(await response.arrayBuffer()))
  return { rows: unpackPage(page), next: page.header.next }
}

/** Everything that a snapshot gives when each household is asked for, seen or not. */
async function snapshotOf(host: HttpHost, token: string): Promise<readonly WireRow[]> {
  const rows: WireRow[] = []
  for (const ids of [[], [household(1)], [household(2)], [household(3)], [1, 2, 3].map(household)]) {
    for (let after: string | null = null, more = true; more; ) {
      const page = await bytesOf(host, token, ids, after)
      rows.push(...page.rows)
      after = page.next
      more = after !== null
    }
  }
  return rows
}

const pullFrom = (host: HttpHost, token: string, cursor: number | null): Promise<Answer> =>
  host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor, scopeHash: null, sinceN: 0 }, token)

async function pullAll(host: HttpHost, token: string): Promise<readonly WireRow[]> {
  const rows: WireRow[] = []
  for (let cursor = 0, more = true; more; ) {
    const { body } = await pullFrom(host, token, cursor)
    rows.push(...body.rows)
    cursor = body.cursor
    more = body.hasMore
  }
  return rows
}

async function readCells(host: HttpHost, { name, person, token }: Caller): Promise<readonly Cell[]> {
  const shown: readonly (readonly [string, readonly WireRow[]])[] = [
    ['pull', await pullAll(host, token)],
    ['snapshot', await snapshotOf(host, token)],
  ]
  const scope: readonly { readonly householdId: string; readonly access: string }[] = (await pullFrom(host, token, null)).body.scope
  const scopeCells = [1, 2, 3].map((h) => {
    const relation = must(person.to[h - 1], 'relation')
    return {
      name: `${name} × scope × household ${h}`,
      expected: relation === 'ended' ? 'none' : relation,
      found: scope.find((s) => s.householdId === household(h))?.access ?? 'none',
    }
  })
  const rowCells = shown.flatMap(([verb, rows]) => {
    const ids = new Set(rows.flatMap((r) => (r.row === null ? [] : [`${r.table} ${r.id}`])))
    return [...clientRows(), ...matrixRows()].map((row): Cell => {
      const { table } = row.seed
      const what = `${name} × ${verb} × ${table} of ${row.households.join(' and ') || 'the firm'}${row.isConfidential ? ', confidential' : ''}`
      return { name: what, expected: isShown(row, person) ? 'shown' : 'hidden', found: ids.has(`${table} ${row.seed.row.id}`) ? 'shown' : 'hidden' }
    })
  })
  return [...scopeCells, ...rowCells]
}

const isOpen = (command: CommandName, h: number, { role, to }: Person): boolean =>
  may[command].includes(role) && (ofNoHousehold.includes(command) || !['none', 'ended'].includes(to[h - 1] ?? 'none'))

/** Every command that the person may not make there, aimed at the household and at one that there is not: the answers must be one. */
async function writeCells(host: HttpHost, caller: Caller, layer: Layer): Promise<readonly Cell[]> {
  const cells: Cell[] = []
  for (const h of [1, 2, 3]) {
    const names = commands.map((c) => c.name).filter((command) => !isOpen(command, h, caller.person))
    const isEnded = caller.person.to[h - 1] === 'ended' // is told so: they knew the household
    const answers = [await pushAt(host, caller, names, h), await pushAt(host, caller, names, ABSENT)] as const
    for (const [i, command] of names.entries()) {
      const [there, absent] = [must(answers[0].outcomes[i], 'outcome'), must(answers[1].outcomes[i], 'outcome')]
      const isSeen = sees[caller.person.to[h - 1] ?? 'none'].includes(targetOf(command))
      const mayDiffer = isEnded || (layer === 'rows alone' && isSeen) // the function's right is the program's matter; what is told is seen anyway
      const same = mayDiffer || (wordsOf(there) === wordsOf(absent) && answers[0].form === answers[1].form)
      const found = there.status === 'applied' ? 'applied' : same ? 'refused alike' : `${wordsOf(there)} there, ${wordsOf(absent)} where nothing is`
      cells.push({ name: `${caller.name} × ${command} × household ${h}`, expected: 'refused alike', found })
    }
  }
  return cells
}

/** The table of the row that a command names. */
function targetOf(command: CommandName): TableName {
  if (command === 'outcome/claim' || command.startsWith('contact/')) return 'contactEntries'
  if (command.startsWith('outcome/') || command.startsWith('verification/')) return 'outcomeClaims'
  if (command.startsWith('follow-up/')) return 'followUps'
  if (command.startsWith('person/')) return 'persons'
  if (command.startsWith('account/')) return 'accounts'
  return command.startsWith('coverage/') ? 'coverages' : 'households'
}

const wordsOf = ({ status, error }: CommandOutcome): string => `${status} ${JSON.stringify(error)}`
/** What else of an answer could tell: status and headers, without those that differ between any two. */
const formOf = ({ status, headers }: Answer): string =>
  `${status} ${[...headers].filter(([name]) => !['date', 'content-length'].includes(name) && !name.startsWith('x-ratelimit')).join('; ')}`

async function pushAt(host: HttpHost, caller: Caller, names: readonly CommandName[], h: number): Promise<{ readonly outcomes: readonly CommandOutcome[]; readonly form: string }> {
  const calls = callsAt(h, caller.person.id)
  const envelopes = names.map((name) => ({ id: randomUUID(), n: ++caller.n, name, version: 1, args: calls[name], madeAtMs: Date.now() }))
  const answer = await host.push(caller.token, ...envelopes)
  if (answer.status !== 200) throw new Error(`${caller.name}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return { outcomes: answer.body.outcomes, form: formOf(answer) }
}

const emailOf = async (host: HttpHost, id: string): Promise<string> =>
  (await host.pg.db.selectFrom('colleagues').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email

/**
 * All cells with one or both policies in force.
 * @param sabotage what is done to the database first, to see that the matrix finds it; then nothing is written
 */
export async function runMatrix(layer: Layer, sabotage: string | null = null): Promise<{ readonly cells: readonly Cell[]; readonly written: number }> {
  const host = await HttpHost.open({ RAPPORT_SIGN_INS_PER_ACCOUNT: '1000' }, { layer, extra: matrixRows().map((r) => r.seed) })
  try {
    if (sabotage !== null) await sql.raw(sabotage).execute(host.pg.db)
    const head = () => host.pg.db.selectFrom('head').select('seq').executeTakeFirstOrThrow()
    const before = await head()
    const cells: Cell[] = []
    for (const [name, person] of Object.entries(relations)) {
      const { accessToken: token } = await host.session(await emailOf(host, person.id))
      const caller: Caller = { name, person, token, n: 0 }
      cells.push(...(await readCells(host, caller)), ...(sabotage === null ? await writeCells(host, caller, layer) : []))
    }
    return { cells, written: (await head()).seq - before.seq }
  } finally {
    await host.close()
  }
}

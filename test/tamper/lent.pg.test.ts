import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeptHead } from '../../server/audit/proof/export-format.ts'
import { verifyRecords } from '../../server/audit/proof/verify-export.ts'
import { forgetPeople } from '../../server/auth/people.ts'
import { snakeCase } from '../../server/db/columns.ts'
import { addColleagues } from '../../server/people/add-colleagues.ts'
import type { Role } from '../../shared/domain/colleague/colleague.ts'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'
import { must } from '../../shared/lib/must.ts'
import { colleagueRow } from '../support/firm-rows.ts'
import type { TestDevice } from '../support/pg-host.ts'
import { type HonestFirm, isSignedByOnce, makeHonestFirm } from './honest-firm.ts'
import { loadTrail, rechain } from './rewrite-trail.ts'

type Claim = RowOf<'outcomeClaims'>

/*
 * What somebody with every right on the database can make the server itself write down, by lending people rights for a moment, and what
 * they can write over entries of which nobody has kept a head yet.
 */
let firm: HonestFirm
let heads: readonly KeptHead[] // of the time before
beforeAll(async () => {
  firm = await makeHonestFirm(0.05)
  heads = [await firm.head()]
}, 120_000)
afterAll(() => firm.close())

const findings = async () => verifyRecords(await firm.records(), { heads, isSignedBy: isSignedByOnce }).findings

/** What the proof finds of a deed, and in which of the entries that it added. */
async function foundOf(deed: () => Promise<void>): Promise<readonly string[]> {
  const [{ size }, known] = [await firm.head(), await findings()]
  await deed()
  const found = (await findings()).filter((f) => !known.some((k) => k.n === f.n && k.problem === f.problem && k.detail === f.detail))
  return found.map(({ n, problem }) => `${problem} at ${n === null ? 'none' : n - size}`)
}

const someone = async (role: Role): Promise<string> =>
  must((await firm.host.db.selectFrom('colleagues').select('id').where('role', '=', role).where('is_active', '=', true).orderBy('id').execute())[0], role).id

async function findClaim(where: RawBuilder<boolean>): Promise<Claim> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM outcome_claims WHERE ${where} ORDER BY id`.execute(firm.host.db)
  return must(await firm.host.find('outcomeClaims', must(rows[0], 'claim').id), 'claim')
}

const isOpen = sql<boolean>`state IN ('claimed', 'pledged', 'proposed')`
/** In which this person has no part, and depends on nobody who has. */
const isApartFrom = (id: string) => sql<boolean>`maker_id <> ${id}::uuid AND NOT has_share(credit_split, ${id}) AND maker_id NOT IN (SELECT superiors_of(${id}::uuid))`

/** Changes a colleague's row, lets somebody send a command meanwhile, and puts the row back. */
async function whileLent(id: string, column: 'role' | 'is_active' | 'manager_id', value: string | boolean | null, work: () => Promise<void>): Promise<void> {
  const before = await firm.host.db.selectFrom('colleagues').select(column).where('id', '=', id).executeTakeFirstOrThrow()
  const set = (to: unknown) => sql`UPDATE colleagues SET ${sql.ref(column)} = ${to} WHERE id = ${id}::uuid`.execute(firm.host.db)
  await set(value)
  forgetPeople(firm.host.deps.db) // as after a restart of the server
  await work()
  await set(Object.values(before)[0])
  forgetPeople(firm.host.deps.db)
}

/** Sends a command in the role that the server reads at each request. */
async function send(device: TestDevice, role: Role, name: string, args: object): Promise<string> {
  const [outcome] = await firm.host.push({ ...device, actor: { ...device.actor, role } }, [{ name, args }])
  device.n += 1
  return must(outcome, 'outcome').error?.code ?? 'applied'
}

/** A colleague whom the server itself added, as the set-up does. */
async function addColleague(over: Partial<RowOf<'colleagues'>>): Promise<string> {
  const id = randomUUID()
  const colleague = { ...colleagueRow(id, 'controller', `Colleague ${id}`), ...over }
  await addColleagues(firm.host.db, [{ colleague, passphrase: 'a passphrase of nobody' }], [], Date.now(), firm.serverSigner)
  return id
}

const rejection = (claim: Claim) => ({ id: claim.id, reason: 'no such money' })

test('[K5] a role that was lent for a moment shows in the trail', async () => {
  const advisorId = await someone('advisor')
  const [claim, device] = [await findClaim(sql`${isOpen} AND ${isApartFrom(advisorId)}`), await firm.device(advisorId)]
  const deed = () =>
    whileLent(advisorId, 'role', 'controller', async () => {
      expect(await send(device, 'controller', 'verification/reject', rejection(claim))).toBe('applied')
    })
  expect(await foundOf(deed)).toEqual(['role-lent at 1'])
})

test('[K5] so does independence, and so does a person who had left', async () => {
  const claim = await findClaim(isOpen)
  const advisorId = claim.makerId
  const [dependentId, goneId] = [await addColleague({ managerId: advisorId }), await addColleague({ role: 'marketing', isActive: false })]
  const [dependent, gone] = [await firm.device(dependentId), await firm.device(goneId)]
  expect(await send(dependent, 'controller', 'verification/reject', rejection(claim))).toBe('access/four-eyes')
  const decide = async () => void expect(await send(dependent, 'controller', 'verification/reject', rejection(claim))).toBe('applied')
  expect(await foundOf(() => whileLent(dependentId, 'manager_id', null, decide))).toEqual(['four-eyes at 1'])
  const event = { id: randomUUID(), name: 'Golf', kind: 'event', fromOn: '2026-06-01', toOn: '2026-06-02', place: '', budgetMinor: 1, currency: 'EUR', ownerId: goneId }
  const add = async () => void expect(await send(gone, 'marketing', 'initiative/add', { ...event, ownerId: advisorId })).toBe('applied')
  expect(await foundOf(() => whileLent(goneId, 'is_active', true, add))).toEqual(['role-lent at 1'])
})

/** Writes the newest entry anew, with rows and answer to fit, before anybody has kept a head of it. */
async function rewriteNewest(change: { readonly table: TableName; readonly before: AnyRow; readonly after: AnyRow }): Promise<void> {
  await firm.host.db.transaction().execute(async (tx) => {
    await sql`SET LOCAL session_replication_role = replica`.execute(tx)
    const trail = await loadTrail(tx)
    const entry = must(trail.at(-1), 'entry')
    await rechain(tx, trail.with(-1, { ...entry, outcome: 'applied', error: null, changes: [...(entry.changes as object[]), change] }), entry.n)
    await sql`UPDATE command_log SET status = 'applied', error = NULL WHERE command_id = ${entry.command_id}::uuid`.execute(tx)
    const columns = Object.entries(change.after).map(([field, value]) => [snakeCase(field), value])
    const name = sql.table(snakeCase(change.table))
    await sql`DELETE FROM ${name} WHERE id = ${change.after.id}::uuid`.execute(tx)
    await sql`INSERT INTO ${name} SELECT * FROM jsonb_populate_record(null::${name}, ${JSON.stringify({ ...Object.fromEntries(columns), seq: 1 })}::jsonb)`.execute(tx)
  })
}

const confirmed = (claim: Claim, byId: string): Claim => {
  const line = { activityId: randomUUID(), fileSha256: 'a'.repeat(64), fileName: 'x', lineNo: 1, bookedOn: '2026-06-01', amountMinor: claim.claimedMinor, currency: claim.currency }
  const decision = { decision: 'confirmed' as const, byId, atMs: 1, reason: 'seen', evidence: [line], letterSha256: null }
  return { ...claim, state: 'confirmed', fundedMinor: claim.claimedMinor, confirmedMinor: claim.claimedMinor, decision, rev: claim.rev + 1 }
}

test('[K5] a decision that the server refused is made none, though nobody has kept a head behind it', async () => {
  const [claim, controllerId] = [await findClaim(isOpen), await someone('controller')]
  const device = await firm.device(claim.makerId)
  expect(await send(device, 'advisor', 'verification/confirm', { id: claim.id, evidence: [], letterSha256: null, reason: 'seen' })).toBe('access/role')
  const deed = () => rewriteNewest({ table: 'outcomeClaims', before: claim, after: confirmed(claim, controllerId) })
  expect(await foundOf(deed)).toEqual(['role-lent at 0', 'four-eyes at 0'])
})

test('[K5] nor is one hidden among the rows of another command, nor a person given another role there', async () => {
  const [claim, controllerId] = [await findClaim(sql`confirmed_minor = 0`), await someone('controller')]
  const device = await firm.device(claim.makerId)
  const sent = () => send(device, 'advisor', 'nothing', {})
  expect(await sent()).toBe('command/unknown')
  expect(await foundOf(() => rewriteNewest({ table: 'outcomeClaims', before: claim, after: confirmed(claim, controllerId) }))).toContain('not-a-decision at 0')
  expect(await sent()).toBe('command/unknown')
  const colleague = must(await firm.host.find('colleagues', claim.makerId), 'colleague')
  expect(await foundOf(() => rewriteNewest({ table: 'colleagues', before: colleague, after: { ...colleague, role: 'controller', rev: 2 } }))).toContain('not-the-server at 0')
})

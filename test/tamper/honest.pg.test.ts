import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announceEpoch } from '../../server/audit/announce-epoch.ts'
import type { ExportRecord, KeptHead } from '../../server/audit/proof/export-format.ts'
import { verifyRecords } from '../../server/audit/proof/verify-export.ts'
import { beginEpoch } from '../../server/db/note-restore.ts'
import { must } from '../../shared/lib/must.ts'
import { type HonestFirm, headsEvery, isSignedByOnce, makeHonestFirm } from './honest-firm.ts'
import { Random } from './seeded.ts'

const COMMANDS = Number(process.env['HONEST_COUNT'] ?? 10_000)
const SEED = Number(process.env['TAMPER_SEED'] ?? 1)
const FORGERIES = 100

let firm: HonestFirm
beforeAll(async () => {
  firm = await makeHonestFirm(0.05, SEED)
}, 120_000)
afterAll(() => firm.close())

test(`[K4] ${FORGERIES} forged exports are refused`, { timeout: 120_000 }, async () => {
  const records = await firm.records()
  const heads = await headsEvery(firm.host.db, 10)
  expect(verifyRecords(records, { heads, isSignedBy: isSignedByOnce }).findings).toEqual([])
  const accepted: string[] = []
  for (let seed = SEED; seed < SEED + FORGERIES; seed++) {
    const random = new Random(seed)
    const forged = forge(records, random)
    if (verifyRecords(forged.records, { heads, isSignedBy: isSignedByOnce }).findings.length === 0) accepted.push(`${forged.what}, seed ${seed}`)
  }
  expect(accepted).toEqual([])
})

/** One part left out, sent twice, or with another value somewhere inside. */
function forge(records: readonly ExportRecord[], random: Random): { readonly records: readonly ExportRecord[]; readonly what: string } {
  const at = random.below(records.length)
  const record = must(records[at], 'record')
  const way = random.below(4)
  if (way === 0) return { records: records.toSpliced(at, 1), what: `without ${record.kind}` }
  if (way === 1) return { records: records.toSpliced(at, 0, record), what: `twice ${record.kind}` }
  const copy = structuredClone(record)
  const leaf = random.pick(leavesOf(copy).filter(({ key }) => key !== 'takenAtMs' && key !== 'kind'))
  Object.assign(leaf.parent, { [leaf.key]: otherThan(leaf.parent[leaf.key]) })
  return { records: records.with(at, copy), what: `${record.kind}.${leaf.key}` }
}

type Parent = Record<string, unknown>
const leavesOf = (value: object): { parent: Parent; key: string }[] =>
  Object.entries(value).flatMap(([key, member]) => (typeof member === 'object' && member !== null ? leavesOf(member) : [{ parent: value as Parent, key }]))
const otherThan = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value ?? ''}x`)

test(`[K4] ${COMMANDS} honest commands, restarts and an announced restore give no alarm`, { timeout: 300_000 }, async () => {
  const { host } = firm
  const owner = must((await host.db.selectFrom('coverages').select(['colleague_id', 'household_id']).where('to_on', 'is', null).execute())[0], 'coverage')
  const devices = [await firm.device(owner.colleague_id), await firm.device(owner.colleague_id)]
  const heads: KeptHead[] = []
  const addFollowUp = (title: string) => {
    const args = {
      id: randomUUID(),
      householdId: owner.household_id,
      assigneeId: owner.colleague_id,
      title,
      note: '',
      dueOn: '2030-06-12',
      remindAtMs: null,
      zone: 'Europe/Vienna',
    }
    return { name: 'follow-up/add', args: title === 'refused' ? { ...args, title: '' } : args }
  }
  for (let done = 0; done < COMMANDS; done += 250) {
    const device = must(devices[(done / 250) % 2], 'device')
    await host.push(
      device,
      Array.from({ length: 250 }, (_, i) => addFollowUp(i % 50 === 0 ? 'refused' : `Call ${done + i}`)),
    )
    heads.push(await firm.head(done))
    if (done % 2_500 === 0) expect(await announceEpoch(host.db, firm.serverSigner, done)).toBe(false) // as at each start
    if (done === Math.floor(COMMANDS / 500) * 250) await restore(heads)
  }
  const verdict = verifyRecords(await firm.records(), { heads })
  expect(verdict.findings).toEqual([])
  console.log(`${verdict.entries} entries, ${verdict.headsChecked} heads, ${verdict.headsLost} of them lost in an announced restore, no alarm`)
  expect(verdict.headsLost).toBe(1)
})

/** Another epoch, and a head that somebody saw of what the restore has lost. */
async function restore(heads: KeptHead[]): Promise<void> {
  const { db } = firm.host
  const before = await firm.head()
  await beginEpoch(db, 5)
  await announceEpoch(db, firm.serverSigner, 5)
  heads.push({ ...before, size: before.size + 3, hash: 'f'.repeat(64) })
}

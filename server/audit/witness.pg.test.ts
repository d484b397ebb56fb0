import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logArgs } from '../../test/support/firm-rows.ts'
import { newSigner, PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import { advisorId, serverFirm } from '../../test/support/server-firm.ts'
import { beginEpoch } from '../db/note-restore.ts'
import { openLog } from '../log.ts'
import { announceEpoch } from './announce-epoch.ts'
import { readWitness } from './proof/read-heads.ts'
import { Witness } from './witness.ts'

let host: PgHost
let device: TestDevice
let folder: string
const signer = newSigner()
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
  device = await host.device(advisorId)
  folder = mkdtempSync(join(tmpdir(), 'rapport-witness-'))
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

const path = () => join(folder, 'heads.jsonl')
const start = () => Witness.start({ db: host.database.appDb, signer, folder, log: openLog('silent'), nowMs: Date.now })
const push = (n: number) => host.push(device, [{ name: 'contact/log', args: logArgs(n, 1) }])
const sizes = () => readWitness(path()).heads.map(({ size }) => size)

test('[K2] writes each head outside the database, signed, and goes on after a restart and a torn line', async () => {
  const first = await start()
  await push(2)
  await first.look()
  await push(3)
  await first.stop()
  expect(sizes()).toEqual([0, 1, 2])
  appendFileSync(path(), '{"epoch":"torn')
  const second = await start()
  await push(4)
  await second.stop()
  expect(sizes()).toEqual([0, 1, 2, 3])
  expect(second.isAlarmed).toBe(false)
  expect([...readWitness(path()).keys]).toEqual([signer.publicKey])
})

test('[K2] a line for which the disk had no room is not left half written', () => {
  const program = `import { WitnessFile } from './server/audit/witness-file.ts'
    import { signerOf } from './server/audit/ed25519.ts'
    const file = await WitnessFile.open(process.argv[1], signerOf(new Uint8Array(32)))
    let failures = 0
    for (let size = 0; size < 12; size++) await file.append({ epoch: 'one', size, hash: 'a'.repeat(64), atMs: 1 }).catch(() => failures++)
    console.log(failures)`
  // Files of this process may have 2 KiB: the line that crosses the border is written in part.
  const run = spawnSync('bash', ['-c', `trap '' XFSZ; ulimit -f 2; exec "$0" --input-type=module-typescript -e "$1" "$2"`, process.execPath, program, path()], { encoding: 'utf8' })
  expect(Number(run.stdout)).toBeGreaterThan(0)
  const { heads } = readWitness(path())
  expect(heads.map(({ size }) => size)).toEqual(heads.map((_, i) => i))
  expect(readFileSync(path(), 'utf8').endsWith('\n')).toBe(true)
})

test('[K2] a line that was changed is not believed', async () => {
  const witness = await start()
  await witness.stop()
  appendFileSync(path(), readFileSync(path(), 'utf8').replace('"size":0', '"size":7'))
  expect(() => readWitness(path())).toThrow('line 2 is not signed')
})

test.each([
  [
    'shorter',
    async () => {
      await sql`ALTER TABLE audit DISABLE TRIGGER USER`.execute(host.db)
      await sql`DELETE FROM audit WHERE n > 1`.execute(host.db)
      await sql`UPDATE head SET audit_n = 1, audit_hash = (SELECT hash FROM audit WHERE n = 1)`.execute(host.db)
    },
  ],
  ['another one of the same length', async () => void (await sql`UPDATE head SET audit_hash = ${'a'.repeat(64)}`.execute(host.db))],
  [
    'longer, but another one',
    async () => {
      await sql`ALTER TABLE audit DISABLE TRIGGER USER`.execute(host.db)
      await sql`UPDATE audit SET hash = ${'b'.repeat(64)} WHERE n = 3`.execute(host.db)
      await push(5)
    },
  ],
])('[K2] a history that is %s than before raises the alarm at the next look and at a start, until another epoch is announced', async (_what, rewrite) => {
  const witness = await start()
  for (const n of [2, 3, 4]) await push(n)
  await witness.look()
  expect(witness.isAlarmed).toBe(false)
  await rewrite()
  await witness.look()
  expect(witness.isAlarmed).toBe(true)
  await witness.stop()
  const again = await start()
  expect(again.isAlarmed).toBe(true)
  await beginEpoch(host.db, 1)
  await announceEpoch(host.db, signer, 5)
  await again.look()
  expect(again.isAlarmed).toBe(false)
  await again.stop()
})

test.each([
  ['that nobody announced', async () => void (await sql`UPDATE head SET epoch = gen_random_uuid()`.execute(host.db))],
  [
    'that says it is announced',
    async () => void (await sql`WITH e AS (SELECT gen_random_uuid() AS id) UPDATE head SET epoch = e.id, announced_epoch = e.id, audit_n = 1 FROM e`.execute(host.db)),
  ],
  [
    'that another key announced',
    async () => {
      await beginEpoch(host.db, 1)
      await announceEpoch(host.db, newSigner(), 5)
    },
  ],
  [
    'that was over',
    async () => {
      const { epoch } = await host.db.selectFrom('head').select('epoch').executeTakeFirstOrThrow()
      await beginEpoch(host.db, 1)
      await announceEpoch(host.db, signer, 6)
      const witness = await start()
      expect(witness.isAlarmed).toBe(false)
      await witness.stop()
      await sql`UPDATE head SET epoch = ${epoch}::uuid, announced_epoch = ${epoch}::uuid`.execute(host.db)
    },
  ],
])('[K3] another epoch %s raises the alarm', async (_what, move) => {
  await announceEpoch(host.db, signer, 4)
  const witness = await start()
  await push(2)
  await witness.stop()
  await move()
  const again = await start()
  expect(again.isAlarmed).toBe(true)
  await again.stop()
})

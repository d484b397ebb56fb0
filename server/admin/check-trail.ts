/** `node server/admin/check-trail.ts`: walks the whole audit trail. Exit code 1 and the first bad entry where it does not hold. */
import { verifyChain } from '../audit/verify-chain.ts'
import { runAdmin } from './run-admin.ts'

await runAdmin(async (db) => {
  const finding = await verifyChain(db)
  const head = await db.selectFrom('head').select(['audit_n', 'audit_hash']).executeTakeFirstOrThrow()
  if (finding) throw new Error(`The trail does not hold: entry ${finding.n} is ${finding.problem}.`)
  console.log(`The trail holds: ${head.audit_n} entries, head ${head.audit_hash}. Compare it with the head you kept elsewhere.`)
})

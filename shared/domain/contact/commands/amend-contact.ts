import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import { ok } from '../../../lib/result.ts'
import { idField, reasonField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { AMEND_WITHOUT_REASON_MS } from '../../policy/default-policy.ts'
import { type ContactStatement, contactStatementSchema } from '../contact-entry.ts'
import { checkStatement } from '../contact-rules.ts'

const schema = z.strictObject({ id: idField, edits: editsOf(contactStatementSchema.shape), reason: reasonField.nullable() })

/** Amends fields of an entry: the values as they were are kept as an earlier version; after 24 h a reason is asked. */
export const amendContact = defineCommand({
  name: 'contact/amend',
  version: 1,
  schema,
  reads: (args, rows) => {
    const entry = rows.find('contactEntries', args.id)
    const personIds = args.edits.personIds?.to ?? []
    return [
      { table: 'contactEntries', id: args.id },
      ...(entry ? [{ table: 'households', id: entry.householdId } as const] : []),
      ...[...personIds, ...(entry?.personIds ?? [])].map((id) => ({ table: 'persons', id }) as const),
    ]
  },
  apply(tx, args, context) {
    const entry = tx.find('contactEntries', args.id)
    if (!entry) return refuse('access/not-found')
    if (entry.state === 'voided') return refuse('contact/voided')
    const isLate = (context.receivedAtMs ?? context.madeAtMs) - (entry.receivedAtMs ?? entry.recordedAtMs) > AMEND_WITHOUT_REASON_MS
    if (isLate && args.reason === null) return refuse('contact/reason-needed')
    const edited = applyEdits(entry, args.edits)
    if (!edited.ok) return edited
    const checked = checkStatement(tx, entry.householdId, edited.value, context)
    if (!checked.ok) return checked
    const fields = Object.keys(args.edits).filter((f) => args.edits[f as keyof typeof args.edits]) as (keyof ContactStatement)[]
    const before = Object.fromEntries(fields.map((f) => [f, entry[f]])) as Partial<ContactStatement>
    const version = { version: entry.versions.length + 1, changedById: context.actorId, changedAtMs: context.madeAtMs, reason: args.reason, before }
    tx.put('contactEntries', { ...edited.value, versions: [...entry.versions, version] })
    return ok(undefined)
  },
})

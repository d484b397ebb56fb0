import { z } from 'zod'
import { defineCommand, type RowKey, type RowReader } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import { ok } from '../../../lib/result.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { type Person, personSchema } from '../person.ts'
import { currentHeads, settleHeads } from '../person-head.ts'

const { rev: _rev, id: _id, ...editable } = personSchema.shape

const keysOf = (memberships: Person['memberships'], rows: RowReader): readonly RowKey[] => [
  ...memberships.map((m) => ({ table: 'households', id: m.householdId }) as const),
  ...currentHeads(rows, memberships).map((id) => ({ table: 'persons', id }) as const),
]

/** A new person with their memberships; made head, they take it over. */
export const addPerson = defineCommand({
  name: 'person/add',
  version: 1,
  schema: personSchema.omit({ rev: true }),
  reads: (args, rows) => [{ table: 'persons', id: args.id }, ...keysOf(args.memberships, rows)],
  apply(tx, args) {
    if (tx.find('persons', args.id)) return refuse('conflict/exists')
    const settled = settleHeads(tx, args)
    if (!settled.ok) return settled
    tx.put('persons', args)
    return ok(undefined)
  },
})

/** Changes a person's data or memberships. Leaving the household one heads is refused. */
export const editPerson = defineCommand({
  name: 'person/edit',
  version: 1,
  schema: z.strictObject({ id: idField, edits: editsOf(editable) }),
  reads: (args, rows) => [{ table: 'persons', id: args.id }, ...keysOf([...(rows.find('persons', args.id)?.memberships ?? []), ...(args.edits.memberships?.to ?? [])], rows)],
  apply(tx, args) {
    const person = tx.find('persons', args.id)
    if (!person) return refuse('access/not-found')
    const edited = applyEdits(person, args.edits)
    if (!edited.ok) return edited
    const left = person.memberships.filter((m) => !edited.value.memberships.some((n) => n.householdId === m.householdId))
    if (left.some((m) => tx.find('households', m.householdId)?.headPersonId === person.id)) return refuse('household/no-head')
    const settled = settleHeads(tx, edited.value)
    if (!settled.ok) return settled
    tx.put('persons', edited.value)
    return ok(undefined)
  },
})

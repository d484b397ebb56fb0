import { z } from 'zod'
import { dayField, idField, lineField, nameField, revField } from '../common/fields.ts'

export const membershipSchema = z.strictObject({
  householdId: idField,
  role: z.enum(['head', 'partner', 'child', 'parent', 'trustee', 'director', 'officer', 'other']),
})

/** A client-side person: member of one or more households. `head` is held by exactly one person of a household. */
export const personSchema = z.strictObject({
  id: idField,
  name: nameField,
  memberships: z.array(membershipSchema).min(1).max(20),
  birthOn: dayField.nullable(),
  email: z.email().max(200).nullable(),
  phone: lineField(40).nullable(),
  rev: revField,
})
export type Person = Readonly<z.infer<typeof personSchema>>

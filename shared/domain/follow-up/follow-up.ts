import { z } from 'zod'
import { dayField, idField, instantField, nameField, noteField, revField, zoneField } from '../common/fields.ts'

export const followUpSchema = z.strictObject({
  id: idField,
  householdId: idField,
  entryId: idField.nullable(), // the contact in which it was promised
  title: nameField,
  note: noteField,
  dueOn: dayField,
  remindAtMs: instantField.nullable(), // when the reminder shows; null = none
  zone: zoneField,
  assigneeId: idField,
  authorId: idField,
  state: z.enum(['open', 'done']),
  doneAtMs: instantField.nullable(),
  rev: revField,
})
export type FollowUp = Readonly<z.infer<typeof followUpSchema>>

import { z } from 'zod'
import { idField, nameField, revField } from '../common/fields.ts'

export const roleSchema = z.enum(['advisor', 'specialist', 'banker', 'supervisor', 'controller', 'service', 'marketing', 'compliance', 'admin'])
export type Role = z.infer<typeof roleSchema>

/** One of our people. Everyone in the firm may read these rows; they hold no client data. */
export const colleagueSchema = z.strictObject({
  id: idField,
  name: nameField,
  email: z.email().max(200),
  role: roleSchema,
  title: z.string().max(200),
  teamId: idField.nullable(),
  managerId: idField.nullable(), // whom they report to; null = the head of the firm
  isActive: z.boolean(),
  rev: revField,
})
export type Colleague = Readonly<z.infer<typeof colleagueSchema>>

import { z } from 'zod'
import { idField, instantField, lineField, nameField, noteField, reasonField, revField, zoneField } from '../common/fields.ts'

export const channelSchema = z.enum(['inPerson', 'phone', 'video', 'email', 'post'])
export const directionSchema = z.enum(['outbound', 'inbound'])
export const purposeSchema = z.enum(['review', 'proposal', 'service', 'onboarding', 'relationship', 'event', 'complaint', 'other'])

/** What a person states about a contact and may amend later. */
export const contactStatementSchema = z.strictObject({
  channel: channelSchema,
  direction: directionSchema, // inbound = the client began it
  occurredAtMs: instantField,
  zone: zoneField, // the zone in which the author stated the time
  lengthMinutes: z.int().min(0).max(1_440),
  place: lineField(200),
  personIds: z.array(idField).max(50), // attendees of the client's side
  colleagueIds: z.array(idField).max(50), // attendees of our side
  isReached: z.boolean(), // true = touch, false = attempt
  purpose: purposeSchema,
  subject: nameField,
  note: noteField,
  initiativeId: idField.nullable(),
  isConfidential: z.boolean(),
})
export type ContactStatement = Readonly<z.infer<typeof contactStatementSchema>>

export const contactVersionSchema = z.strictObject({
  version: z.int().positive(),
  changedById: idField,
  changedAtMs: instantField,
  reason: z.string().max(1_000).nullable(), // null inside the first 24 h
  before: contactStatementSchema.partial(), // the amended fields as they were
})

export const contactEntrySchema = contactStatementSchema.extend({
  id: idField,
  householdId: idField,
  authorId: idField,
  recordedAtMs: instantField, // the author's device, when the entry was saved
  receivedAtMs: instantField.nullable(), // the server; null = not there yet
  state: z.enum(['active', 'voided']),
  voidReason: reasonField.nullable(),
  versions: z.array(contactVersionSchema).max(1_000), // earlier versions, oldest first
  followUpIds: z.array(idField).max(50),
  claimIds: z.array(idField).max(50),
  rev: revField,
})
export type ContactEntry = Readonly<z.infer<typeof contactEntrySchema>>

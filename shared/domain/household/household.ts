import { z } from 'zod'
import { countryField, currencyField, dayField, idField, lineField, nameField, reasonField, revField } from '../common/fields.ts'

export const tierSchema = z.enum(['A', 'B', 'C', 'prospect', 'corporate'])
export type Tier = z.infer<typeof tierSchema>

export const quietPeriodSchema = z.strictObject({
  fromOn: dayField,
  toOn: dayField.nullable(), // null = until lifted
  kind: z.enum(['bereavement', 'dispute', 'barrier', 'doNotContact']),
  reason: reasonField,
})
export type QuietPeriod = Readonly<z.infer<typeof quietPeriodSchema>>

export const householdSchema = z.strictObject({
  id: idField,
  name: nameField,
  kind: z.enum(['family', 'corporate']),
  relationship: z.enum(['prospect', 'client', 'former']),
  tier: tierSchema,
  country: countryField, // whose public holidays move due dates
  city: lineField(120),
  language: z.enum(['en', 'de', 'hu']),
  assetsMinor: z.int().nonnegative(), // household assets, minor units of `currency`
  currency: currencyField,
  headPersonId: idField.nullable(), // null until the first person is added
  leadCoverageId: idField.nullable(), // the newest lead coverage; whether it still holds say its dates
  quietPeriods: z.array(quietPeriodSchema).max(50),
  rev: revField,
})
export type Household = Readonly<z.infer<typeof householdSchema>>

import { z } from 'zod'
import { currencyField, dayField, idField, lineField, nameField, revField } from '../common/fields.ts'

export const initiativeSchema = z.strictObject({
  id: idField,
  name: nameField,
  kind: z.enum(['sponsorship', 'event', 'promotion']),
  fromOn: dayField,
  toOn: dayField,
  place: lineField(200),
  budgetMinor: z.int().nonnegative(),
  currency: currencyField,
  ownerId: idField,
  rev: revField,
})
export type Initiative = Readonly<z.infer<typeof initiativeSchema>>

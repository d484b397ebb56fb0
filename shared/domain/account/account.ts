import { z } from 'zod'
import { currencyField, dayField, ibanField, idField, lineField, nameField, revField, shareField } from '../common/fields.ts'

export const accountOwnerSchema = z.strictObject({ personId: idField, shareBp: shareField })

/** Custody, securities or cash account of a household; named by an IBAN or by custodian and number. */
export const accountSchema = z.strictObject({
  id: idField,
  householdId: idField,
  name: nameField,
  kind: z.enum(['cash', 'custody', 'securities']),
  iban: ibanField.nullable(),
  custodian: lineField(120).nullable(),
  number: lineField(60).nullable(),
  currency: currencyField,
  owners: z.array(accountOwnerSchema).min(1).max(20), // shares sum to 10,000
  openedOn: dayField.nullable(),
  closedOn: dayField.nullable(),
  rev: revField,
})
export type Account = Readonly<z.infer<typeof accountSchema>>

/** ISO 13616 check digits (mod 97 = 1) of an IBAN without spaces. */
export function isIban(iban: string): boolean {
  if (!ibanField.safeParse(iban).success) return false
  let remainder = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** Whether shares in basis points make the whole. */
export const sumsToWhole = (shares: readonly { readonly shareBp: number }[]): boolean => shares.reduce((sum, s) => sum + s.shareBp, 0) === 10_000

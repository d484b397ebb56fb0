import { z } from 'zod'

/** Building blocks of every schema. Texts are NFC, trimmed, without control or bidi-override characters. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/

const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((s) => !FORBIDDEN.test(s), { message: 'control-character' })
    .refine((s) => s === s.normalize('NFC'), { message: 'not-nfc' })

/**
 * UUID of a record; made by the client (UUIDv7) and handed in, never generated inside a command. In small letters, as
 * the database writes it: an id in capitals would be looked up in vain and then overwrite the record it names.
 */
export const idField = z.uuid().toLowerCase()
/** Text of several lines. */
export const textField = (max: number) => cleanText(max)
export const isCleanLine = (text: string): boolean => !FORBIDDEN.test(text) && !/[\n\r\u2028\u2029]/.test(text) && text === text.normalize('NFC')
export const lineField = (max = 200) => cleanText(max).refine((s) => !/[\n\r\u2028\u2029]/.test(s), { message: 'line-break' })
export const nameField = lineField(200).refine((s) => s.trim().length > 0, { message: 'empty' })
export const noteField = cleanText(20_000)
export const reasonField = cleanText(1_000).refine((s) => s.trim().length > 0, { message: 'empty' })

/** Calendar day 'YYYY-MM-DD'. */
export const dayField = z.iso.date()
/** Milliseconds since 1970, UTC. */
export const instantField = z.int().min(-62_135_596_800_000).max(253_402_300_799_999)
/** IANA time zone name; only its form is checked here. */
export const zoneField = z
  .string()
  .regex(/^[A-Za-z_+\-0-9]+(\/[A-Za-z_+\-0-9]+)*$/)
  .max(64)
/** ISO 4217 code. */
export const currencyField = z.string().regex(/^[A-Z]{3}$/)
/** Positive amount in minor units, at most 10^13 (100 thousand million euros). */
export const amountField = z.int().positive().max(10_000_000_000_000)
/** Share in basis points: 10,000 is the whole. */
export const shareField = z.int().min(1).max(10_000)
/** Row version: 1 when created, one more with every accepted change. */
export const revField = z.int().positive()
/** ISO 3166-1 alpha-2. */
export const countryField = z.string().regex(/^[A-Z]{2}$/)
/** Hex SHA-256 of a file's bytes. */
export const sha256Field = z.string().regex(/^[0-9a-f]{64}$/)
/** IBAN without spaces, upper case; the check digits are verified by `isIban`. */
export const ibanField = z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/)

import { minorDigits } from '../../lib/money.ts'
import type { Tier } from '../household/household.ts'

/** The firm's rules where no administrator has set others. Days, counts and minor units; source: the domain's tables. */
export interface CadenceRule {
  readonly targetDays: number
  readonly overdueDays: number
  readonly contactsIn30Days: number
  readonly callsIn7Days: number
  readonly attemptsBeforeStop: number | null // unanswered attempts in a row; null = no stop
}

export const cadenceRules: Readonly<Record<Tier, CadenceRule>> = {
  A: { targetDays: 30, overdueDays: 45, contactsIn30Days: 6, callsIn7Days: 2, attemptsBeforeStop: null },
  B: { targetDays: 60, overdueDays: 90, contactsIn30Days: 4, callsIn7Days: 2, attemptsBeforeStop: null },
  C: { targetDays: 180, overdueDays: 270, contactsIn30Days: 2, callsIn7Days: 1, attemptsBeforeStop: null },
  prospect: { targetDays: 21, overdueDays: 45, contactsIn30Days: 3, callsIn7Days: 1, attemptsBeforeStop: 6 },
  corporate: { targetDays: 45, overdueDays: 75, contactsIn30Days: 5, callsIn7Days: 2, attemptsBeforeStop: null },
}

/** From this share of a maximum on, the app warns. */
export const NEAR_LIMIT_SHARE = 0.8
/** After this time an amendment needs a reason. */
export const AMEND_WITHOUT_REASON_MS = 24 * 3_600_000

export const verificationPolicy = {
  toleranceUnits: 50, // whole currency units
  toleranceBp: 50, // 0.5 %
  windowBeforeDays: 5,
  windowAfterDays: 30,
  amountDays: 3,
  maxLinesInSum: 4,
} as const

/**
 * Above this a second controller is needed: 10 million euros, and its round equivalent in the firm's other currencies, in whole units. Those whose
 * unit is worth more than a euro have to be here, metals and units of account too: whoever makes a claim names its currency.
 */
const SECOND_CONTROLLER_ABOVE_UNITS: Readonly<Record<string, number>> = {
  ...{ EUR: 10e6, CHF: 10e6, GBP: 9e6, USD: 11e6, HUF: 4e9 },
  ...{ KWD: 3e6, BHD: 4e6, OMR: 4e6, JOD: 7e6, KYD: 9e6, GIP: 9e6, FKP: 9e6, SHP: 9e6 },
  ...{ XDR: 8e6, XUA: 8e6, XSU: 8e6, CLF: 250_000, XAG: 200_000, XPD: 5_000, XPT: 5_000, XAU: 2_000, BTC: 50, XBT: 50 },
}

/** @returns minor units of the currency; one without an own threshold is worth less than a euro, and uses its figure */
export const secondControllerAboveMinor = (currency: string): number => (SECOND_CONTROLLER_ABOVE_UNITS[currency] ?? 10e6) * 10 ** minorDigits(currency)

import { expect, test } from 'vitest'
import { notEvidenceReason } from './evidence.ts'

const context = { householdIbans: new Set(['DE89370400440532013000']), firmIbans: new Set(['CH9300762011623852957']) }
const aLine = { status: 'booked', isReversal: false, direction: 'credit', counterpartyIban: null, bankCode: null } as const

test.each([
  [{}, null],
  [{ counterpartyIban: 'AT611904300234573201', bankCode: 'PMNT/RCDT/ESCT' }, null],
  [{ bankCode: 'NTRF+166' }, null],
  [{ bankCode: '544' }, null],
  [{ bankCode: '__proto__' }, null],
  [{ bankCode: 'PMNT/RCDT/constructor' }, null],
  [{ status: 'pending' }, 'pending'],
  [{ status: 'information' }, 'information'],
  [{ isReversal: true }, 'reversal'],
  [{ direction: 'debit' }, 'debit'],
  [{ direction: 'debit', isReversal: true }, 'reversal'],
  [{ counterpartyIban: 'DE89370400440532013000' }, 'own-transfer'],
  [{ counterpartyIban: 'CH9300762011623852957' }, 'own-transfer'],
  [{ bankCode: 'CAMT/ACCB/ZABA' }, 'own-transfer'],
  [{ bankCode: 'ACMT/MCOP/INTR' }, 'interest'],
  [{ bankCode: 'NINT' }, 'interest'],
  [{ bankCode: 'NTRF+814+00931' }, 'interest'],
  [{ bankCode: 'ACMT/MCOP/CHRG' }, 'fee'],
  [{ bankCode: 'NMSC+808' }, 'fee'],
  [{ bankCode: 'SECU/CORP/DVCA' }, 'dividend'],
  [{ bankCode: 'FDIV' }, 'dividend'],
  [{ bankCode: 'SECU/SETT/TRAD' }, 'market'],
  [{ bankCode: 'NMSC+303' }, 'market'],
  [{ bankCode: 'PMNT/ICDT/RRTN' }, 'reversal'],
  [{ bankCode: 'NTRF+159' }, 'reversal'],
] as const)('%o → %s', (changes, reason) => {
  expect(notEvidenceReason({ ...aLine, ...changes }, context)).toBe(reason)
})

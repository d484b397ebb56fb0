/** A statement file, and the line of it that proves a deposit on account 1 of household 1. */
import type { RowOf } from '../../shared/domain/tables.ts'
import { controllerId, NOW_MS } from './firm-rows.ts'
import { idOf } from './test-id.ts'

export const lineRow = (over: Partial<RowOf<'accountActivities'>> = {}): RowOf<'accountActivities'> => ({
  id: idOf('line', 1),
  fileId: idOf('file', 1),
  fileSha256: 'a'.repeat(64),
  fileName: 'june.xml',
  statementId: 'S-1',
  lineNo: 1,
  iban: 'AT611904300234573201',
  accountId: idOf('account', 1),
  householdId: idOf('household', 1),
  direction: 'credit',
  amountMinor: 200_000_000,
  currency: 'EUR',
  status: 'booked',
  isReversal: false,
  bookedOn: '2026-06-03',
  valueOn: '2026-06-03',
  counterpartyName: null,
  counterpartyIban: null,
  remittance: '',
  endToEndId: null,
  notEvidence: null,
  allocatedMinor: 0,
  rev: 1,
  ...over,
})

export const fileRow = (): RowOf<'feedFiles'> => ({
  id: idOf('file', 1),
  sha256: 'a'.repeat(64),
  name: 'june.xml',
  sizeBytes: 10,
  importedById: controllerId,
  importedAtMs: NOW_MS,
  state: 'imported',
  format: 'camt.053',
  statementCount: 1,
  lineCount: 1,
  proposalCount: 0,
  quarantined: [],
  rev: 1,
})

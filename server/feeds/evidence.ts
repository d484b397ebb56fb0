import type { StatementLine } from './statement-file.ts'

/**
 * 'market' = proceeds of a securities, currency, derivative or metal trade: money that changed its form, not new assets.
 * 'seen-elsewhere' = another report brought the same booking before (same-line.ts).
 */
export type NotEvidenceReason = 'pending' | 'information' | 'reversal' | 'debit' | 'own-transfer' | 'interest' | 'fee' | 'dividend' | 'market' | 'seen-elsewhere'

export interface EvidenceContext {
  /** IBANs of the household that owns the account, and of the firm itself, as `normaliseIban` writes them. */
  readonly householdIbans: ReadonlySet<string>
  readonly firmIbans: ReadonlySet<string>
}

type EvidenceLine = Pick<StatementLine, 'status' | 'isReversal' | 'direction' | 'counterpartyIban' | 'bankCode'>

/** Why this line can never support a claim of new assets; null = it can. */
export function notEvidenceReason(line: EvidenceLine, context: EvidenceContext): NotEvidenceReason | null {
  if (line.status !== 'booked') return line.status
  if (line.isReversal) return 'reversal'
  if (line.direction === 'debit') return 'debit'
  const payer = line.counterpartyIban
  if (payer !== null && (context.householdIbans.has(payer) || context.firmIbans.has(payer))) return 'own-transfer'
  if (line.bankCode === null) return null
  return line.bankCode.includes('/') ? isoReason(line.bankCode) : ownCodeReason(line.bankCode)
}

/** ISO 20022 external bank transaction codes: sub-families first, they say most. */
const ISO_SUB_FAMILIES: Readonly<Record<string, NotEvidenceReason>> = {
  INTR: 'interest',
  CHRG: 'fee',
  FEES: 'fee',
  COME: 'fee',
  COMI: 'fee',
  COMT: 'fee',
  RIMB: 'fee',
  TAXE: 'fee',
  DVCA: 'dividend',
  DVOP: 'dividend',
  DRIP: 'dividend',
  DVSE: 'dividend',
  CAPG: 'dividend',
  RRTN: 'reversal', // own payment that came back
  ZABA: 'own-transfer',
  SWEP: 'own-transfer',
  TOPG: 'own-transfer', // cash pooling
}
const MARKET_DOMAINS: readonly string[] = ['SECU', 'FORX', 'DERV', 'PMET', 'CMDT']

function isoReason(code: string): NotEvidenceReason | null {
  const [domain = '', , subFamily = ''] = code.split('/')
  return lookUp(ISO_SUB_FAMILIES, subFamily) ?? (MARKET_DOMAINS.includes(domain) ? 'market' : null)
}

/** SWIFT transaction types without their first letter. */
const SWIFT_TYPES: Readonly<Record<string, NotEvidenceReason>> = {
  INT: 'interest',
  CPN: 'interest',
  CHG: 'fee',
  COM: 'fee',
  DIV: 'dividend',
  RTI: 'reversal',
  SEC: 'market',
  FEX: 'market',
}
/** German business transaction codes (GVC); other 3xx are securities, 4xx currency dealings. */
const GVC: Readonly<Record<string, NotEvidenceReason>> = {
  '109': 'reversal',
  '159': 'reversal',
  '302': 'dividend',
  '805': 'interest',
  '814': 'interest',
  '815': 'interest',
  '817': 'interest',
  '808': 'fee',
  '809': 'fee',
  '810': 'fee',
  '811': 'fee',
  '833': 'own-transfer', // cash pooling
}

function ownCodeReason(code: string): NotEvidenceReason | null {
  const [type = '', gvc = ''] = code.split('+')
  const byGvc = lookUp(GVC, gvc) ?? (/^[34]\d\d$/.test(gvc) ? 'market' : null)
  return byGvc ?? (/^[SNF][A-Z0-9]{3}$/.test(type) ? lookUp(SWIFT_TYPES, type.slice(1)) : null)
}

function lookUp(table: Readonly<Record<string, NotEvidenceReason>>, key: string): NotEvidenceReason | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}

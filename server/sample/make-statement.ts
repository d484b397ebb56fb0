import { minorToDecimal } from '../../shared/lib/money.ts'

export interface StatementCredit {
  readonly amountMinor: number
  readonly bookedOn: string
  readonly payerName: string
  readonly reference: string
}
export interface StatementOfAccount {
  readonly iban: string
  readonly currency: string
  readonly sequence: number
  readonly openingMinor: number
  readonly credits: readonly StatementCredit[]
  readonly closingErrorMinor?: number // makes the closing balance wrong, to show a quarantine
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const balance = (code: 'OPBD' | 'CLBD', minor: number, currency: string, on: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${minorToDecimal(Math.abs(minor), currency)}</Amt><CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`

const entry = (credit: StatementCredit, currency: string, index: number): string => `
      <Ntry><NtryRef>${index + 1}</NtryRef><Amt Ccy="${currency}">${minorToDecimal(credit.amountMinor, currency)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>${credit.bookedOn}</Dt></BookgDt><ValDt><Dt>${credit.bookedOn}</Dt></ValDt>
        <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
        <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${escapeXml(credit.payerName)}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>${escapeXml(credit.reference)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`

function statement(s: StatementOfAccount, fromOn: string, toOn: string): string {
  const closing = s.openingMinor + s.credits.reduce((sum, c) => sum + c.amountMinor, 0) + (s.closingErrorMinor ?? 0)
  return `
    <Stmt><Id>${s.iban.slice(-8)}-${s.sequence}</Id><ElctrncSeqNb>${s.sequence}</ElctrncSeqNb><CreDtTm>${toOn}T18:00:00Z</CreDtTm>
      <Acct><Id><IBAN>${s.iban}</IBAN></Id><Ccy>${s.currency}</Ccy></Acct>
      ${balance('OPBD', s.openingMinor, s.currency, fromOn)}${balance('CLBD', closing, s.currency, toOn)}${s.credits.map((c, i) => entry(c, s.currency, i)).join('')}
    </Stmt>`
}

/** A camt.053.001.08 file (ISO 20022) with one statement an account. */
export function makeCamt053(messageId: string, fromOn: string, toOn: string, statements: readonly StatementOfAccount[]): Uint8Array {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${toOn}T18:00:00Z</CreDtTm></GrpHdr>${statements.map((s) => statement(s, fromOn, toOn)).join('')}
  </BkToCstmrStmt>
</Document>
`
  return new TextEncoder().encode(xml)
}

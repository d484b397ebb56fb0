import { findIban, normaliseIban } from '../iban.ts'
import { realReference } from '../plain-text.ts'
import type { LineDirection, StatementLine } from '../statement-file.ts'
import { childrenOf, findAt, findText, textOf, type XmlNode } from './xml-tree.ts'

type Side = 'Dbtr' | 'Cdtr'

/** Texts and parties of one transaction, as a statement line carries them. */
export type CamtDetails = Pick<StatementLine, 'endToEndId' | 'counterpartyName' | 'counterpartyIban' | 'remittance'>

export interface DetailsContext {
  readonly direction: LineDirection
  readonly isReversal: boolean
  /** The statement's own account: never its own counterparty. */
  readonly ownIban: string | null
}

export function readDetails(details: XmlNode, context: DetailsContext): CamtDetails {
  const parties = findAt(details, 'RltdPties')
  const side = counterpartySide(parties, context)
  return {
    endToEndId: realReference(findText(details, 'Refs/EndToEndId')),
    counterpartyName: nameOf(parties, side),
    counterpartyIban: ibanOf(parties, side),
    remittance: remittanceOf(details),
  }
}

/** Credit: who paid. A reversal keeps the roles of the first payment, so the sides swap. */
function counterpartySide(parties: XmlNode | undefined, { direction, isReversal, ownIban }: DetailsContext): Side {
  const side: Side = (direction === 'credit') === isReversal ? 'Cdtr' : 'Dbtr'
  const isOwn = ownIban !== null && ibanOf(parties, side) === ownIban
  return isOwn ? (side === 'Cdtr' ? 'Dbtr' : 'Cdtr') : side
}

/** Versions up to 001.03 put the name into the party, later ones under `Pty`. */
const nameOf = (parties: XmlNode | undefined, side: Side): string | null => findText(parties, `${side}/Nm`, `${side}/Pty/Nm`, `Ultmt${side}/Nm`, `Ultmt${side}/Pty/Nm`)

function ibanOf(parties: XmlNode | undefined, side: Side): string | null {
  const account = findAt(parties, `${side}Acct/Id`)
  return normaliseIban(findText(account, 'IBAN')) ?? findIban(findText(account, 'Othr/Id'))
}

function remittanceOf(details: XmlNode): string {
  const info = findAt(details, 'RmtInf')
  const free = childrenOf(info, 'Ustrd').map(textOf)
  const structured = childrenOf(info, 'Strd').flatMap((node) => [
    findText(node, 'CdtrRefInf/Ref', 'CdtrRefInf/CdtrRef'),
    ...childrenOf(node, 'RfrdDocInf').map((document) => findText(document, 'Nb', 'RfrdDocNb')),
    ...childrenOf(node, 'AddtlRmtInf').map(textOf),
  ])
  return [...free, ...structured, findText(details, 'AddtlTxInf')].filter((text) => text !== null).join(' ')
}

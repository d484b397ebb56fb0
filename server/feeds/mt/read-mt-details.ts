import { findIban } from '../iban.ts'
import { plainText, plainTextOrNull, realReference } from '../plain-text.ts'
import { joinExact, joinWords } from './mt-fields.ts'

/** What a `:86:` says about the booking before it. */
export interface MtDetails {
  /** Three-digit business transaction code (GVC) of structured German, Austrian and Polish texts. */
  readonly transactionCode: string | null
  readonly endToEndId: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly remittance: string
}

/** Text pieces of the numbered dialect are cut at this length, also inside a word. */
const PIECE_CHARS = 27
const SLASH_KEYS = 'TRTP|RTRN|IBAN|BIC|NAME|REMI|EREF|CNTP|ORDP|BENM|MARF|CSID|PREF|ISDT|ADDR|PURP|ULTD|ULTC|ULTB|UCRD|UDTR|SVCL|TRCD|OAMT|EXCH|INFO|CREF|ID'
/** `KEY+text`; the bank's own note is `MTLG:text`. */
const PLUS_KEYS = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|MTLG)(?:\+|(?<=MTLG):)/

/** Reads the dialects `166?00…?20…`, `/TRTP/…/REMI/…` and free text. */
export function readMtDetails(lines: readonly string[]): MtDetails {
  const exact = joinExact(lines)
  const numbered = /^(\d{3})([?~^<|@])(?=\d{2})/.exec(exact)
  if (numbered) return readNumbered(exact, numbered[1] ?? '', numbered[2] ?? '?')
  if (new RegExp(`^/(?:${SLASH_KEYS})/`).test(exact)) return readSlashed(exact)
  return { transactionCode: null, endToEndId: null, counterpartyName: null, counterpartyIban: null, remittance: plainText(joinWords(lines)) }
}

function readNumbered(text: string, transactionCode: string, mark: string): MtDetails {
  const pieces = new Map<number, string>()
  const [, ...parts] = text.split(new RegExp(`\\${mark}(\\d{2})`))
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const key = Number(parts[i])
    pieces.set(key, (pieces.get(key) ?? '') + (parts[i + 1] ?? ''))
  }
  const purpose = joinPieces(pieces, (key) => (key >= 20 && key <= 29) || (key >= 60 && key <= 63))
  const tagged = splitKeys(purpose, PLUS_KEYS)
  return {
    transactionCode,
    endToEndId: realReference(tagged.get('EREF')),
    counterpartyName: plainTextOrNull(joinPieces(pieces, (key) => key === 32 || key === 33)),
    counterpartyIban: findIban(pieces.get(31) ?? null) ?? findIban(pieces.get(38) ?? null) ?? findIban(tagged.get('IBAN') ?? null),
    remittance: plainText(tagged.get('SVWZ') ?? purpose) || plainText(pieces.get(0) ?? ''),
  }
}

function joinPieces(pieces: ReadonlyMap<number, string>, isWanted: (key: number) => boolean): string {
  const wanted = [...pieces].filter(([key]) => isWanted(key)).sort(([a], [b]) => a - b)
  return wanted
    .map(([, piece]) => (piece.length >= PIECE_CHARS ? piece : `${piece} `))
    .join('')
    .trim()
}

function readSlashed(text: string): MtDetails {
  const tagged = splitKeys(text, new RegExp(`/(${SLASH_KEYS})(?=/)`))
  const [partyAccount, , partyName] = (tagged.get('CNTP') ?? '').replace(/^\//, '').split('/')
  return {
    transactionCode: null,
    endToEndId: realReference(unslash(tagged.get('EREF'))),
    counterpartyName: plainTextOrNull(unslash(tagged.get('NAME')) || partyName),
    counterpartyIban: findIban(unslash(tagged.get('IBAN'))) ?? findIban(partyAccount ?? null),
    remittance: plainText(unslash(tagged.get('REMI')).replace(/^(?:USTD|STRD)\/+/, '')),
  }
}

const unslash = (text: string | undefined): string => (text ?? '').replace(/^\/+|\/{1,10}$/g, '')

/** Texts after each keyword of a pattern with one group; the first of a repeated keyword stays. */
function splitKeys(text: string, key: RegExp): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(key)
  const found = new Map<string, string>()
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const name = parts[i] ?? ''
    if (!found.has(name)) found.set(name, (parts[i + 1] ?? '').trim())
  }
  return found
}

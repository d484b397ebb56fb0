import type { OutcomeClaim } from '../outcome/outcome-claim.ts'
import type { ContactStatement } from './contact-entry.ts'

/** What the quick entry understands, in all three languages at once: people mix them. Folded text; whole words. */
const words = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${alternatives})(?![\\p{L}\\d])`, 'u')

export const channelWords: readonly (readonly [RegExp, ContactStatement['channel']])[] = [
  [words('video|video ?call|zoom|teams|videocall|videoanruf|videokonferenz|videohivas'), 'video'],
  [words('e-?mail|mail|mailed|emailed|gemailt|emailt?'), 'email'],
  [words('letter|post|brief|level|levelet'), 'post'],
  [words('met|meeting|visit|visited|lunch|dinner|coffee|treffen|getroffen|besuch|termin|mittagessen|kaffee|talalkozo|talalkoztam|talalkozas|ebed|kave|latogatas'), 'inPerson'],
  [words('call|called|phone|phoned|rang|anruf|angerufen|telefonat|telefon|telefoniert|hivas|hivtam|felhivtam|telefonon|telefonaltam|hivott|rief'), 'phone'],
]

/** The client began it. */
export const inboundWords = words('called me|incoming|inbound|wrote to me|rief an|rief mich an|eingehend|eingehender|bejovo|hivott|keresett')
export const notReachedWords = words('no answer|not reached|voicemail|left message|nicht erreicht|mailbox|nem ertem el|nem vette fel|hangposta')

export const outcomeWords: readonly (readonly [RegExp, OutcomeClaim['kind']])[] = [
  [words('pledged|pledge|pledges|promised|promises|zugesagt|zusage|sagt zu|verspricht|versprochen|igert|igeret|megigert|vallalt'), 'pledge'],
  [words('deposited|deposit|deposits|transferred|wired|eingezahlt|einzahlung|uberwiesen|befizetett|befizetes|utalt|atutalt'), 'deposit'],
  [words('mandate|mandat|mandatum|megbizas|megbizast'), 'mandate'],
]

export const followUpWords = words(
  'follow[- ]?up|call back|call again|nachfassen|wiedervorlage|wieder melden|ruckruf|nachste[rs]? (?:kontakt|anruf)|utankovetes|visszahivas|visszahivom|jelentkezem|kovetkezo',
)
export const lengthPattern = /(?<![\p{L}\d])(\d{1,3}) ?(min|mins|minutes?|minuten|perc|perces|p|h|hours?|std|stunden?|ora|oras)(?![\p{L}\d])/u
export const isHours = (unit: string): boolean => /^(h|hour|std|stunde|ora)/.test(unit)

/** An amount with a scale or a currency; folded text. */
export const amountPattern =
  /(?<![\p{L}\d])(?:(?:eur|usd|chf|gbp|huf|€|\$|£) ?)?\d[\d.,']*(?: \d{3})*(?: ?(?:k|m|mm|mn|mio|mill|million|millions|millionen|millio|bn|billions?|mrd|milliard|milliarden?|tn|trillions?|bio|billionen|billio|tsd|ezer|thousand|tausend))?\.?(?: ?(?:eur|euros?|€|usd|\$|chf|gbp|£|huf|ft|forint))?(?:-?[aoe]?t)?(?![\p{L}\d])/gu

/** Words that carry no meaning of their own in an entry. */
export const fillerWords = words('with|and|by|from|to|for|the|a|an|in|on|mit|und|bis|von|an|am|im|der|die|das|herr|herrn|frau|es|a|az|ig|val|vel|ur|urral|es|csalad|familie|family')

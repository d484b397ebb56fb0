import type { ContactStatement } from '../../shared/domain/contact/contact-entry.ts'
import type { Random } from './random.ts'

type Language = 'hu' | 'de' | 'en'
type Purpose = ContactStatement['purpose']

/** Subjects and note sentences by purpose; written for the sample, `{name}` is the head of the household. */
const SUBJECTS: Readonly<Record<Language, Partial<Record<Purpose, readonly string[]>>>> = {
  en: {
    review: ['Quarterly portfolio review', 'Annual review', 'Performance and outlook'],
    proposal: ['Proposal: bond ladder', 'Private markets allocation', 'Proposal for the family trust'],
    service: ['Change of address', 'Card for the daughter', 'Question about the statement'],
    relationship: ['Catching up', 'Lunch', 'Season’s greetings'],
    event: ['Invitation to the symphony night', 'After the golf day'],
  },
  de: {
    review: ['Quartalsgespräch', 'Jahresgespräch', 'Ergebnis und Ausblick'],
    proposal: ['Vorschlag: Anleihenleiter', 'Anteil Privatmärkte', 'Vorschlag für die Stiftung'],
    service: ['Adressänderung', 'Karte für die Tochter', 'Frage zum Auszug'],
    relationship: ['Persönliches Gespräch', 'Mittagessen', 'Weihnachtsgruß'],
    event: ['Einladung zum Konzertabend', 'Nach dem Golftag'],
  },
  hu: {
    review: ['Negyedéves áttekintés', 'Éves áttekintés', 'Eredmény és kilátások'],
    proposal: ['Javaslat: kötvénylétra', 'Magánpiaci befektetések', 'Javaslat a családi alapnak'],
    service: ['Címváltozás', 'Bankkártya a lányának', 'Kérdés a kivonatról'],
    relationship: ['Beszélgetés', 'Közös ebéd', 'Karácsonyi köszöntés'],
    event: ['Meghívó a szimfonikus estre', 'A golfnap után'],
  },
}
const SENTENCES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    '{name} is content with the year but wants less exposure to long bonds.',
    'The sale of the warehouse should close before the summer; proceeds are not placed yet.',
    'Asked for a comparison of our fees with those of two other houses; I promised it in writing.',
    'The son takes over the business next spring and should join the next meeting.',
    'Risk appetite unchanged. Liquidity for eighteen months is set aside.',
    'Does not want calls before ten in the morning.',
    'We went through the currency split line by line and kept it as it is.',
    'Interested in the museum night, two guests.',
    'Will think about moving the second account to us once the fixed deposit ends.',
  ],
  de: [
    '{name} ist mit dem Jahr zufrieden, möchte aber weniger lang laufende Anleihen.',
    'Der Verkauf der Halle soll vor dem Sommer abgeschlossen sein; der Erlös ist noch nicht veranlagt.',
    'Wünscht einen Vergleich unserer Gebühren mit zwei anderen Häusern; schriftlich zugesagt.',
    'Der Sohn übernimmt im Frühjahr den Betrieb und kommt zum nächsten Termin mit.',
    'Risikobereitschaft unverändert. Liquidität für achtzehn Monate ist zurückgelegt.',
    'Bitte keine Anrufe vor zehn Uhr.',
    'Währungsaufteilung Position für Position besprochen und belassen.',
    'Interesse am Museumsabend, zwei Gäste.',
    'Überlegt, das zweite Konto zu uns zu übertragen, sobald das Festgeld ausläuft.',
  ],
  hu: [
    '{name} elégedett az évvel, de kevesebb hosszú kötvényt szeretne.',
    'A raktár eladása nyár előtt zárul; az összeg elhelyezéséről még nem döntöttek.',
    'Írásos díjösszehasonlítást kért két másik házzal; megígértem.',
    'A fia tavasszal átveszi a céget, a következő megbeszélésre ő is jön.',
    'A kockázatvállalás változatlan. Tizennyolc havi likviditás félretéve.',
    'Délelőtt tíz előtt ne hívjuk.',
    'Tételesen átnéztük a devizamegoszlást, marad a mostani.',
    'Érdekli a múzeumi est, két vendéggel.',
    'Gondolkodik azon, hogy a lekötés lejárta után a másik számlát is áthozza.',
  ],
}
const FOLLOW_UPS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Send the fee comparison', 'Call about the proposal', 'Send the documents for signature', 'Confirm the guests'],
  de: ['Gebührenvergleich senden', 'Wegen des Vorschlags anrufen', 'Unterlagen zur Unterschrift senden', 'Gäste bestätigen'],
  hu: ['Díjösszehasonlítás elküldése', 'Hívás a javaslat ügyében', 'Aláírandó iratok elküldése', 'Vendégek megerősítése'],
}

export const subjectFor = (random: Random, language: Language, purpose: Purpose): string => random.pick(SUBJECTS[language][purpose] ?? SUBJECTS[language].relationship ?? ['–'])

/** A note of two to five sentences, as an advisor writes it. */
export function noteFor(random: Random, language: Language, headName: string): string {
  const first = random.int(0, 8)
  const sentences = Array.from({ length: random.int(2, 5) }, (_, i) => SENTENCES[language][(first + i * 2) % SENTENCES[language].length] ?? '')
  return sentences.join(' ').replaceAll('{name}', headName)
}

export const followUpTitle = (random: Random, language: Language): string => random.pick(FOLLOW_UPS[language])

/** Where the sample firm's clients live, and how people there are called. Names are common ones, combined at random. */
export interface Place {
  readonly city: string
  readonly country: 'HU' | 'AT' | 'DE' | 'GB'
  readonly language: 'hu' | 'de' | 'en'
  readonly zone: string
  readonly currency: 'HUF' | 'EUR' | 'GBP'
  readonly bankName: string
  readonly bankCode: string // the national part of an IBAN before the account number; fictitious
  readonly accountDigits: number
  readonly isFamilyNameFirst: boolean
  readonly familyNames: readonly string[]
  readonly givenNames: readonly string[]
  readonly companies: readonly string[]
  readonly venues: readonly string[]
}

const split = (text: string): readonly string[] => text.split(' ')

export const budapest: Place = {
  city: 'Budapest',
  country: 'HU',
  language: 'hu',
  zone: 'Europe/Budapest',
  currency: 'HUF',
  bankName: 'Duna Letét',
  bankCode: '11799001',
  accountDigits: 16,
  isFamilyNameFirst: true,
  familyNames: split(
    'Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Simon Rácz Fekete Szilágyi Török Fehér Gál Balázs Kocsis Pintér Fodor Szűcs Lukács Bíró Király Katona Jakab Bálint Sipos Magyar Antal Boros Fülöp Somogyi',
  ),
  givenNames: split(
    'Gábor Katalin Péter Zsuzsanna László Judit András Ildikó Tamás Mária Balázs Éva Márton Ágnes Zoltán Krisztina István Erzsébet Bence Réka Dániel Lilla Ferenc Noémi Attila Dorottya',
  ),
  companies: ['Tiszavölgy Malom Zrt.', 'Pannon Gépgyár Zrt.', 'Duna Logisztika Kft.', 'Mátra Üveg Zrt.', 'Balaton Hajózás Zrt.', 'Alföld Gabona Kft.', 'Zemplén Pince Kft.'],
  venues: ['Gerbeaud', 'Váci utca 22', 'a kastélyban', 'Müpa', 'az irodánkban'],
}
export const vienna: Place = {
  city: 'Wien',
  country: 'AT',
  language: 'de',
  zone: 'Europe/Vienna',
  currency: 'EUR',
  bankName: 'Ringbank',
  bankCode: '19990',
  accountDigits: 11,
  isFamilyNameFirst: false,
  familyNames: split(
    'Gruber Huber Bauer Wagner Müller Pichler Steiner Moser Mayer Hofer Leitner Berger Fuchs Eder Fischer Schmid Winkler Weber Schwarz Maier Reiter Brunner Lang Baumgartner Auer Binder Lechner Egger Haas Koller',
  ),
  givenNames: split(
    'Johann Maria Franz Elisabeth Karl Anna Michael Eva Thomas Sabine Andreas Christine Wolfgang Barbara Stefan Katharina Florian Magdalena Maximilian Theresa Georg Helene Leopold Charlotte',
  ),
  companies: ['Donau Holzbau GmbH', 'Semmering Kurhotels GmbH', 'Wachau Weingut KG', 'Steyr Feinmechanik GmbH', 'Alpenstrom AG', 'Praterwerk AG'],
  venues: ['Café Landtmann', 'Konzerthaus', 'im Büro', 'Hotel Sacher', 'Kärntner Ring 4'],
}
export const munich: Place = {
  city: 'München',
  country: 'DE',
  language: 'de',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  bankName: 'Isarbank',
  bankCode: '70099900',
  accountDigits: 10,
  isFamilyNameFirst: false,
  familyNames: split(
    'Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Krause Lehmann Köhler Kaiser Vogt Ostermann',
  ),
  givenNames: split(
    'Hans Ursula Peter Monika Wolfgang Petra Klaus Gabriele Jürgen Susanne Andreas Claudia Matthias Birgit Sebastian Nicole Tobias Johanna Felix Sophie Ludwig Friederike Korbinian Antonia',
  ),
  companies: ['Isar Antriebstechnik GmbH', 'Oberland Molkerei eG', 'Tegernsee Medizintechnik AG', 'Lechtal Papier GmbH', 'Wendelstein Software SE'],
  venues: ['Maximilianstraße 12', 'im Franziskaner', 'Herkulessaal', 'bei uns im Haus', 'Golfclub am See'],
}
export const london: Place = {
  city: 'London',
  country: 'GB',
  language: 'en',
  zone: 'Europe/London',
  currency: 'GBP',
  bankName: 'Thameside Custody',
  bankCode: 'THMS20999900',
  accountDigits: 6,
  isFamilyNameFirst: false,
  familyNames: split(
    'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Ashworth Pemberton Whitfield Carmichael Okafor Singh Fairfax Langley',
  ),
  givenNames: split(
    'James Margaret David Susan Christopher Patricia Andrew Helen Richard Elizabeth Oliver Charlotte George Amelia Harry Isla William Emily Edward Beatrice Rupert Priya Alistair Philippa',
  ),
  companies: ['Thornbury Shipping Ltd', 'Cotswold Grain Ltd', 'Harrogate Instruments plc', 'Severn Biotech Ltd', 'Lambeth Press Ltd'],
  venues: ['the Wallace', 'St James’s office', 'their home in Richmond', 'the club', 'Wigmore Hall'],
}

/** Check digits of ISO 13616: 98 − (number mod 97) over the rearranged text with letters as numbers. */
export function makeIban(place: Place, accountNumber: number): string {
  const body = `${place.bankCode}${String(accountNumber).padStart(place.accountDigits, '0')}`
  const digits = [...`${body}${place.country}00`].map((char) => String(Number.parseInt(char, 36))).join('')
  const check = 98n - (BigInt(digits) % 97n)
  return `${place.country}${String(check).padStart(2, '0')}${body}`
}

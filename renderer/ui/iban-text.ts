/** IBAN in groups of four, as banks print it: 'HU42117730161111101800000000' → 'HU42 1177 3016 1111 1018 0000 0000'. */
export const groupIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ')

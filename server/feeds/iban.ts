const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

/** Upper case without spaces, or null where the text does not have the shape of an IBAN. The check digits are not judged. */
export function normaliseIban(text: string | null): string | null {
  if (text === null || text.length > 60) return null
  const compact = text.replace(/\s+/g, '').toUpperCase()
  return SHAPE.test(compact) ? compact : null
}

/** The IBAN, where shape and check digits (ISO 7064, mod 97) are right; else null. For fields that may hold another number. */
export function findIban(text: string | null): string | null {
  const iban = normaliseIban(text)
  return iban !== null && mod97(iban) === 1 ? iban : null
}

function mod97(iban: string): number {
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const digits = /\d/.test(char) ? char : String(char.charCodeAt(0) - 55)
    for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  }
  return rest
}

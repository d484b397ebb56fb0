import { FEED_LIMITS } from './feed-error.ts'

/** One line without control characters or such as turn the direction of writing, white space single; at most 32,000 characters. */
export function plainText(text: string): string {
  return text
    .slice(0, FEED_LIMITS.textChars)
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\s]+/g, ' ')
    .trim()
}

export function plainTextOrNull(text: string | null | undefined): string | null {
  const plain = plainText(text ?? '')
  return plain === '' ? null : plain
}

/** A reference, or null where the bank fills the field with a word that means "none". */
export function realReference(text: string | null | undefined): string | null {
  const plain = plainTextOrNull(text)
  return plain === null || /^(NOT ?PROVIDED|NONREF|NOREF|NOTAVAILABLE|NULL)$/i.test(plain) ? null : plain
}

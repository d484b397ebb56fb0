const MIN_CHARS = 4
const MAX_CHARS = 64

/**
 * The first reference that occurs in one of the texts as a whole word; blanks and punctuation inside do not count,
 * since banks wrap and group references ('RF18 5390 0754' = 'RF1853900754'). Shorter than 4 characters: never.
 */
export function findReference(references: readonly string[], texts: readonly (string | null)[]): string | null {
  const upper = texts.filter((text) => text !== null).map((text) => text.toUpperCase())
  for (const reference of references) {
    const chars = [...reference.toUpperCase()].filter((char) => /[\p{L}\p{N}]/u.test(char))
    if (chars.length < MIN_CHARS || chars.length > MAX_CHARS) continue
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${chars.join('[^\\p{L}\\p{N}]{0,3}')}(?![\\p{L}\\p{N}])`, 'u')
    if (upper.some((text) => pattern.test(text))) return reference
  }
  return null
}

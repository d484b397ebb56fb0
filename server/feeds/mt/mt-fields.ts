/** One `:tag:` of a SWIFT text block with its continuation lines, which may carry wrapped words. */
export interface MtField {
  readonly tag: string
  readonly lines: readonly string[]
  /** 1-based line in the file. */
  readonly atLine: number
}

/** Longest line of a SWIFT field; text that reaches it was wrapped there, also in the middle of a word. */
const WRAP_CHARS = 65

/**
 * Messages of a file, each from its `:20:` to the terminator ('-', '-}' or '-XXX'). Bank headers between messages,
 * whatever they look like, belong to none.
 */
export function splitMessages(text: string): readonly (readonly MtField[])[] {
  const messages: MtField[][] = []
  let lines: string[] | null = null
  text.split(/\r\n|\n|\r/).forEach((line, i) => {
    const field = /^:(\d{2}[A-Z]?):(.*)$/s.exec(line)
    if (field?.[1] === '20') messages.push([])
    if (field && (lines !== null || field[1] === '20')) {
      lines = [field[2] ?? '']
      messages.at(-1)?.push({ tag: field[1] ?? '', lines, atLine: i + 1 })
    } else if (/^-(?:\}.*|X{3})?\s*$/.test(line)) {
      lines = null
    } else if (lines !== null && line.trim() !== '') {
      lines.push(line)
    }
  })
  return messages
}

/** First line of a field without blanks around it. */
export const headOf = (field: MtField): string => (field.lines[0] ?? '').trim()

/** The text without its line ends. Blanks within the line length are text, blanks beyond it padding. */
export function joinExact(lines: readonly string[]): string {
  return lines
    .map((line) => line.slice(0, WRAP_CHARS) + line.slice(WRAP_CHARS).trimEnd())
    .join('')
    .trim()
}

/** The same for text in lines of any length: only a full line continues in the next without a blank. */
export function joinWords(lines: readonly string[]): string {
  return lines
    .map((line) => (line.length >= WRAP_CHARS ? line : `${line} `))
    .join('')
    .trim()
}

import { createReadStream } from 'node:fs'
import type { ExportRecord } from './export-format.ts'

/** A file's lines, which end with a line feed alone: Node's readline also ends them at U+2028, which a note may hold. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}

/** The record of a line, where the line is what an export writes of it: another form could say two things, such as a field twice. */
export function recordOf(line: string): ExportRecord | null {
  try {
    const value: unknown = JSON.parse(line)
    return JSON.stringify(value) === line && typeof value === 'object' && value !== null ? (value as ExportRecord) : null
  } catch {
    return null
  }
}

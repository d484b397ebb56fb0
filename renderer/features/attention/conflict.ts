import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import { withValue } from './input-fields.ts'

/** The three values that the person decides between. */
export interface Conflict {
  readonly field: string
  readonly before: unknown
  readonly mine: unknown
  readonly theirs: unknown
}

const parse = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null
  } catch {
    return text // cut off on its way; shown as it is
  }
}

/** The conflict behind a refusal, or undefined where it has another reason. */
export function findConflict(item: OutboxItem): Conflict | undefined {
  if (item.error?.code !== 'conflict/field') return undefined
  const { field, before, mine, theirs } = item.error.params
  return { field: String(field), before: parse(before), mine: parse(mine), theirs: parse(theirs) }
}

const editsOf = (args: unknown): Readonly<Record<string, unknown>> => (args as { readonly edits?: Readonly<Record<string, unknown>> }).edits ?? {}

/** The same edit, made knowing the other's value. */
export const keepMine = (args: unknown, conflict: Conflict): unknown => withValue(args, ['edits', conflict.field, 'from'], conflict.theirs)

/** The arguments without the edit in dispute; null where nothing is left to send. */
export function keepTheirs(args: unknown, conflict: Conflict): unknown | null {
  const { [conflict.field]: _given, ...others } = editsOf(args)
  return Object.keys(others).length === 0 ? null : withValue(args, ['edits'], others)
}

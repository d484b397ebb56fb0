import { z } from 'zod'
import { type AppError, appError } from '../errors/error-codes.ts'
import { isDeepEqual } from '../lib/deep-equal.ts'
import { err, ok, type Result } from '../lib/result.ts'

type Edit<S extends z.ZodType> = z.ZodOptional<z.ZodObject<{ from: S; to: S }, z.core.$strict>>

/**
 * Schema of a set of field edits: each names what the person saw (`from`) and what they want (`to`), so that a
 * change made meanwhile by someone else to the same field is noticed and not overwritten.
 */
export function editsOf<Shape extends Record<string, z.ZodType>>(shape: Shape): z.ZodObject<{ [K in keyof Shape]: Edit<Shape[K]> }, z.core.$strict> {
  const edits = Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, z.strictObject({ from: field, to: field }).optional()]))
  return z.strictObject(edits).refine((e) => Object.values(e).some(Boolean), { message: 'no-change' }) as never
}

/**
 * The row with all edits made. 'conflict/field' where the row no longer holds what the person saw (and is not already
 * what they want): its params carry the three values that the person decides between.
 */
export function applyEdits<Row extends object>(row: Row, edits: Readonly<Record<string, { readonly from: unknown; readonly to: unknown } | undefined>>): Result<Row, AppError> {
  const next = { ...row } as Record<string, unknown>
  for (const [field, edit] of Object.entries(edits)) {
    if (!edit) continue
    const theirs = next[field]
    if (!isDeepEqual(theirs, edit.from) && !isDeepEqual(theirs, edit.to)) {
      return err(appError('conflict/field', { field, before: JSON.stringify(edit.from), mine: JSON.stringify(edit.to), theirs: JSON.stringify(theirs ?? null) }))
    }
    next[field] = edit.to
  }
  return ok(next as Row)
}

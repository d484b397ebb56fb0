import { isDeepEqual } from '../../shared/lib/deep-equal.ts'

/** What an edit command wants: for each changed field what the person saw and what they want. */
export type Edits<T> = { [K in keyof T]?: { from: T[K]; to: T[K] } }

/** The changed fields of `to` against the row that the person saw; null where nothing differs. */
export function editsBetween<T extends object>(row: T, to: Partial<T>): Edits<T> | null {
  const edits: Edits<T> = {}
  for (const field of Object.keys(to) as (keyof T)[]) {
    const wanted = to[field] as T[typeof field]
    if (!isDeepEqual(row[field], wanted)) edits[field] = { from: row[field], to: wanted }
  }
  return Object.keys(edits).length === 0 ? null : edits
}

/** The edits that take `edits` back, provided nobody else has changed the fields since. */
export function inverseEdits<T>(edits: Edits<T>): Edits<T> {
  const inverse: Edits<T> = {}
  for (const field of Object.keys(edits) as (keyof T)[]) {
    const edit = edits[field]
    if (edit) inverse[field] = { from: edit.to, to: edit.from }
  }
  return inverse
}

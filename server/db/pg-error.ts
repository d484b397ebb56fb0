import pg from 'pg'

/** The SQLSTATE of a database error, or null for anything else. */
export const sqlStateOf = (error: unknown): string | null => (error instanceof pg.DatabaseError ? (error.code ?? null) : null)

/** The violated constraint, or null. */
export const constraintOf = (error: unknown): string | null => (error instanceof pg.DatabaseError ? (error.constraint ?? null) : null)

/** Whether the data themselves are at fault (class 22 data exception, 23 constraint), so that a retry would fail again. */
export const isDataAtFault = (error: unknown): boolean => ['22', '23'].includes(sqlStateOf(error)?.slice(0, 2) ?? '')

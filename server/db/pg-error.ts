import pg from 'pg'

/** The SQLSTATE of a database error, or null for anything else. */
export const sqlStateOf = (error: unknown): string | null => (error instanceof pg.DatabaseError ? (error.code ?? null) : null)

/** The violated constraint, or null. */
export const constraintOf = (error: unknown): string | null => (error instanceof pg.DatabaseError ? (error.constraint ?? null) : null)

/** Whether the data themselves are at fault (class 22 data exception, 23 constraint), so that a retry would fail again. */
const isDataAtFault = (error: unknown): boolean => ['22', '23'].includes(sqlStateOf(error)?.slice(0, 2) ?? '')

/** A policy of rows refused what the policy in TypeScript had allowed; told apart from a missing right by the routine that says it. */
export const isPolicyViolation = (error: unknown): boolean => sqlStateOf(error) === '42501' && error instanceof pg.DatabaseError && error.routine === 'ExecWithCheckOptions'

/** Whether the rows of this command are at fault: the others can go on without it. */
export const isRowAtFault = (error: unknown): boolean => isDataAtFault(error) || isPolicyViolation(error)

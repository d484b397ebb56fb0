/** Code of a system error such as 'ENOSPC', or 'unknown'; safe to log, while its message may hold a path. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

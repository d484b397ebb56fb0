import type { ErrorCode } from '../../shared/errors/error-codes.ts'

/** HTTP status of every error that a request as a whole can meet; what refuses a single command travels in the answer's outcomes. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  'app/bug': 500,
  'request/malformed': 400,
  'request/not-found': 404,
  'request/too-large': 413,
  'request/too-many': 429,
  'server/unavailable': 503,
  'server/history-differs': 503,
  'session/wrong-credentials': 401,
  'session/expired': 401,
  'session/step-up-needed': 401,
  'session/inactive': 403,
  'session/device-revoked': 403,
  'session/device-taken': 409,
  'session/locked-out': 429,
  'session/oidc-off': 404,
  'session/oidc-unreachable': 503,
  'session/oidc-refused': 401,
  'session/oidc-unknown-person': 403,
  'sync/client-too-old': 426,
  'sync/gap': 409,
  'sync/reused-id': 422,
  'sync/bad-signature': 422,
  'feed/file-missing': 409,
  'feed/too-large': 413,
  'access/not-found': 404,
  'access/role': 403,
}

export const statusOf = (code: ErrorCode): number => statuses[code] ?? 422

import { type AppError, appError, type ErrorCode } from '../../errors/error-codes.ts'
import { err } from '../../lib/result.ts'

/** A command's refusal. */
export const refuse = (code: ErrorCode, params: AppError['params'] = {}): { readonly ok: false; readonly error: AppError } => err(appError(code, params))

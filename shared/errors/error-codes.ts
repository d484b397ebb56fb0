import { z } from 'zod'
import { errorCatalog } from './error-catalog.ts'

export type ErrorCode = keyof typeof errorCatalog
const codes = Object.keys(errorCatalog) as [ErrorCode, ...ErrorCode[]]

/** An expected error on its way to a person: its code (which names text, cause and remedy) and what fills the text. */
export const appErrorSchema = z.strictObject({
  code: z.enum(codes),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type AppError = { readonly code: ErrorCode; readonly params: Readonly<Record<string, string | number | null>> }

export const appError = (code: ErrorCode, params: AppError['params'] = {}): AppError => ({ code, params })
export { errorCatalog }

import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { Caller } from './authenticate.ts'

/** As long as somebody is taken at their word for what a session alone would let a thief of tokens do. */
const FRESH_MS = 15 * 60_000

/** For exports and for what administrators do to others; commands are signed by the device instead (ADR 23). null = go on */
export const checkFresh = ({ signedInAtMs }: Caller, nowMs: number): AppError | null => (nowMs - signedInAtMs <= FRESH_MS ? null : appError('session/step-up-needed'))

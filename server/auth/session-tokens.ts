import { createHash, createHmac, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Db, Tx } from '../db/open-database.ts'

const ACCESS_MS = 10 * 60_000
/** After this a person types the passphrase again, however often the session was refreshed; the longest offline lease. */
const SIGNED_IN_MS = 14 * 86_400_000
/** When a person last proved who they are: refreshing carries the end over. */
export const signedInAtOf = (refreshExpiresAtMs: number): number => refreshExpiresAtMs - SIGNED_IN_MS

export interface Tokens {
  readonly accessToken: string
  readonly accessExpiresAtMs: number
  readonly refreshToken: string
}

/** Tokens are random and stored as hashes: a copy of the database opens no session. */
const newToken = (): string => randomBytes(32).toString('base64url')
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A pair of tokens before it is stored. */
export interface TokenPair {
  readonly access: string
  readonly refresh: string
}
const randomPair = (): TokenPair => ({ access: newToken(), refresh: newToken() })

/** The pair that follows a refresh token in one attempt. Only who holds both the token and the attempt's id can tell it. */
export function succeedingPair(refreshToken: string, attemptId: string): TokenPair {
  const derive = (label: string): string => createHmac('sha256', refreshToken).update(`${label} ${attemptId}`).digest('base64url')
  return { access: derive('access'), refresh: derive('refresh') }
}

interface Holder {
  readonly deviceId: string
  readonly colleagueId: string
}

/** @param refreshExpiresAtMs null = a new sign-in */
export async function openSession(db: Db | Tx, holder: Holder, nowMs: number, refreshExpiresAtMs: number | null = null, pair = randomPair()): Promise<Tokens> {
  const tokens = { accessToken: pair.access, accessExpiresAtMs: nowMs + ACCESS_MS, refreshToken: pair.refresh }
  await db
    .insertInto('session')
    .values({
      id: v7(),
      device_id: holder.deviceId,
      colleague_id: holder.colleagueId,
      access_hash: tokenHash(tokens.accessToken),
      access_expires_at_ms: tokens.accessExpiresAtMs,
      refresh_hash: tokenHash(tokens.refreshToken),
      refresh_expires_at_ms: refreshExpiresAtMs ?? nowMs + SIGNED_IN_MS,
      replaced_at_ms: null,
      ended_at_ms: null,
    })
    .execute()
  return tokens
}

/** Ends every session of a device: at sign-out, and where a refresh token was used twice. */
export async function endSessions(db: Db | Tx, deviceId: string, nowMs: number): Promise<void> {
  await db.updateTable('session').set({ ended_at_ms: nowMs }).where('device_id', '=', deviceId).where('ended_at_ms', 'is', null).execute()
}

import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'
import { type SessionNotice, sessionNoticeSchema } from '../../shared/ipc/ipc-contract.ts'
import { seal, unseal } from '../lib/seal.ts'
import { type ReminderRecord, reminderRecordSchema } from '../notifications/reminder-store.ts'

/** Asks whoever started this process (`npm start`) to start it again, with the same environment. EX_TEMPFAIL of sysexits.h. */
const START_AGAIN_CODE = 75
/** Base64 of 32 bytes: opens what the process before left; in the environment of the next process only. */
const KEY_VARIABLE = 'RAPPORT_HANDOVER_KEY'
const PLACE = 'rapport/handover'

/** What a locked app goes on with in its next process. Reminders have ids and times, no words. */
const handoverSchema = z.strictObject({ isHidden: z.boolean(), reminders: reminderRecordSchema.nullable(), notice: sessionNoticeSchema.nullable() })
export interface Handover {
  readonly isHidden: boolean
  readonly reminders: ReminderRecord | null
  readonly notice: SessionNotice | null // why nobody has the app open any more
}

/** Development only: `npm start` stops the server when the app ends, so it starts the app again itself. */
const isStartedAgain = () => !app.isPackaged && process.env['RAPPORT_START_AGAIN'] !== undefined

const pathIn = (userData: string) => join(userData, 'handover.sealed')

/** What the process before handed over; for one use. */
export function takeHandover(userData: string): Handover | undefined {
  const key = process.env[KEY_VARIABLE]
  if (!isStartedAgain()) delete process.env[KEY_VARIABLE]
  try {
    const plain = key && unseal(Buffer.from(key, 'base64'), PLACE, readFileSync(pathIn(userData)))
    return plain ? handoverSchema.parse(JSON.parse(plain.toString('utf8'))) : undefined
  } catch {
    return undefined // an ordinary start
  } finally {
    rmSync(pathIn(userData), { force: true })
  }
}

/**
 * Ends this process and starts the app anew. Strings cannot be overwritten, and freed memory is not: only the end of a
 * process takes all keys and texts out of the memory. The caller has closed everything that writes.
 */
export function startAnew(userData: string, handover: Handover): void {
  const key = isStartedAgain() ? Buffer.from(process.env[KEY_VARIABLE] ?? '', 'base64') : randomBytes(32)
  try {
    rmSync(pathIn(userData), { force: true })
    if (key.length === 32) writeFileSync(pathIn(userData), seal(key, PLACE, Buffer.from(JSON.stringify(handover), 'utf8')), { mode: 0o600, flag: 'wx' })
  } catch {
    // a full disk costs the reminders until unlocking, and a hidden window shows
  }
  if (isStartedAgain()) {
    app.exit(START_AGAIN_CODE)
    return
  }
  process.env[KEY_VARIABLE] = key.toString('base64')
  app.relaunch()
  app.exit(0)
}

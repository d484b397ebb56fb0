/** What the person on the laptop does while things go wrong. */
import { v7 as newId } from 'uuid'
import { waitFor } from '../support/wait-for.ts'
import type { FaultFirm } from './fault-firm.ts'
import type { Ledger, Told } from './ledger.ts'
import { findHousehold, type RunAnswer, runInPage } from './page-door.ts'
import { pick } from './random.ts'

/** Later than any screen answers: what has not come by then hangs. */
const ANSWER_WITHIN_MS = 21_000

export interface WorkOptions {
  readonly noteBytes?: number
  /** Runs while the commands do; a kill, for instance. */
  readonly meanwhile?: () => Promise<unknown>
}

/** Saves so many entries and amendments, two at a time, and notes what the app said of each. Ends early where the app does. */
export async function work(firm: FaultFirm, ledger: Ledger, count: number, { noteBytes = 40, meanwhile }: WorkOptions = {}): Promise<void> {
  const place = await waitFor('a household on the screen', () => findHousehold(firm.page).catch(() => undefined), { withinMs: 20_000 })
  const side = meanwhile?.()
  for (let done = 0; done < count && firm.isAppAlive(); done += 2) {
    await Promise.all([saveOne(firm, ledger, place, noteBytes), ...(firm.random() < 0.5 ? [amendOne(firm, ledger)] : [saveOne(firm, ledger, place, noteBytes)])])
  }
  await side
}

async function saveOne(firm: FaultFirm, ledger: Ledger, { householdId, me }: { readonly householdId: string; readonly me: string }, noteBytes: number): Promise<void> {
  const entryId = newId()
  const subject = `F ${entryId.slice(-12)}`
  const args = {
    id: entryId,
    householdId,
    channel: 'phone',
    direction: 'inbound', // no limit counts
    occurredAtMs: Date.now() - 3_600_000,
    zone: 'UTC',
    lengthMinutes: 5,
    place: '',
    personIds: [],
    colleagueIds: [me],
    isReached: true,
    purpose: 'service',
    subject,
    note: 'n'.repeat(noteBytes),
    initiativeId: null,
    isConfidential: false,
    followUps: [],
    claims: [],
  }
  await tell(firm, ledger, { entryId, subject, what: 'log' }, { name: 'contact/log', args })
}

/** An amendment names what it found: applied twice it would be refused, or stand there twice. */
async function amendOne(firm: FaultFirm, ledger: Ledger): Promise<void> {
  const entries = ledger.certainEntries()
  if (entries.length === 0) return
  const { entryId, subject: from } = pick(firm.random, entries)
  const subject = `F ${newId().slice(-12)}`
  await tell(firm, ledger, { entryId, subject, what: 'amend' }, { name: 'contact/amend', args: { id: entryId, edits: { subject: { from, to: subject } }, reason: 'fault' } })
}

async function tell(
  firm: FaultFirm,
  ledger: Ledger,
  line: { readonly entryId: string; readonly subject: string; readonly what: 'log' | 'amend' },
  call: { readonly name: string; readonly args: unknown },
): Promise<void> {
  const startedMs = performance.now()
  const late = new Promise<null>((done) => setTimeout(() => done(null), ANSWER_WITHIN_MS))
  const answer: RunAnswer | null = await Promise.race([runInPage(firm.page, call).catch(() => null), late])
  const told: Told = answer === null ? 'unknown' : answer.ok ? 'saved' : 'not-saved'
  const commandId = answer?.ok ? answer.commandId : null
  const code = answer && !answer.ok ? answer.code : null
  ledger.add({ ...line, told, commandId, code, tookMs: Math.round(performance.now() - startedMs) })
}

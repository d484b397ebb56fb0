import type { Reminder } from '../../shared/ipc/ipc-contract.ts'
import type { ReminderRecord, ReminderStore } from './reminder-store.ts'

export type ShowReminder = (reminder: Reminder) => void

/** Looked at this often at the latest, since timers stand still while a laptop sleeps. */
const LONGEST_WAIT_MS = 3_600_000
/** What came due while nobody could see it is still shown for a day. */
const LATE_MS = 86_400_000

/** Shows each reminder once, at its time. */
export class Reminders {
  readonly #store: Pick<ReminderStore, 'read' | 'write'>
  readonly #show: ShowReminder
  readonly #nowMs: () => number
  #record: ReminderRecord = { reminders: [], shown: [] }
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  #writing: Promise<void> = Promise.resolve()

  constructor(store: Pick<ReminderStore, 'read' | 'write'>, show: ShowReminder, nowMs: () => number) {
    this.#store = store
    this.#show = show
    this.#nowMs = nowMs
  }

  /** @param shownMeanwhile what was shown by others since it was last stopped */
  async start(shownMeanwhile: ReminderRecord['shown'] = []): Promise<void> {
    const record = await this.#store.read()
    this.#record = { ...record, shown: [...record.shown, ...shownMeanwhile] }
    this.check()
  }

  /** Replaces all of them. What was shown is remembered for two days. A full disk costs them at the next start only, until the renderer sets them again. */
  async set(reminders: readonly Reminder[]): Promise<void> {
    const sinceMs = this.#nowMs() - 2 * LATE_MS
    this.#record = { reminders: [...reminders], shown: this.#record.shown.filter(({ atMs }) => atMs >= sinceMs) }
    await this.#save().catch(() => undefined)
    this.check()
  }

  /** Shows what is due and waits for the next one. */
  check(): void {
    if (this.#isStopped) return
    clearTimeout(this.#timer)
    const nowMs = this.#nowMs()
    const due = this.#record.reminders.filter((reminder) => reminder.atMs <= nowMs && nowMs - reminder.atMs < LATE_MS && !this.#wasShown(reminder))
    for (const reminder of due) this.#show(reminder)
    if (due.length > 0) {
      this.#record = { ...this.#record, shown: [...this.#record.shown, ...due.map(({ followUpId, atMs }) => ({ followUpId, atMs }))] }
      void this.#save().catch(() => undefined) // a full disk costs at most a second showing
    }
    const next = Math.min(...this.#record.reminders.filter(({ atMs }) => atMs > nowMs).map(({ atMs }) => atMs - nowMs), LONGEST_WAIT_MS)
    this.#timer = setTimeout(() => this.check(), next)
  }

  /** When it reminds of which follow-up, without the words. */
  outline(): ReminderRecord {
    return { reminders: this.#record.reminders.map((reminder) => ({ ...reminder, title: '', body: '' })), shown: this.#record.shown }
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #wasShown({ followUpId, atMs }: Reminder): boolean {
    return this.#record.shown.some((shown) => shown.followUpId === followUpId && shown.atMs === atMs)
  }

  #save(): Promise<void> {
    const record = this.#record
    this.#writing = this.#writing.catch(() => undefined).then(() => (this.#isStopped ? undefined : this.#store.write(record)))
    return this.#writing
  }
}

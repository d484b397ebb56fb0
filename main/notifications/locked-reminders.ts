import type { ReminderRecord } from './reminder-store.ts'
import { Reminders, type ShowReminder } from './reminders.ts'

/** Reminds while the app is locked. It knows when and of which follow-up, in memory only, and no words about it. */
export class LockedReminders {
  readonly #show: ShowReminder
  readonly #nowMs: () => number
  #reminders: Reminders | undefined

  constructor(show: ShowReminder, nowMs: () => number) {
    this.#show = show
    this.#nowMs = nowMs
  }

  /** @param outline of the reminders that were open until now */
  async begin(outline: ReminderRecord): Promise<void> {
    this.end()
    const inMemory = { read: async () => outline, write: async () => undefined }
    this.#reminders = new Reminders(inMemory, this.#show, this.#nowMs)
    await this.#reminders.start()
  }

  outline(): ReminderRecord | null {
    return this.#reminders?.outline() ?? null
  }

  check(): void {
    this.#reminders?.check()
  }

  /** @returns all that were shown, so that unlocking does not show them again */
  end(): ReminderRecord['shown'] {
    const shown = this.#reminders?.outline().shown ?? []
    this.#reminders?.stop()
    this.#reminders = undefined
    return shown
  }
}

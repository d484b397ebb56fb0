import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { idField } from '../../shared/domain/common/fields.ts'
import { reminderSchema } from '../../shared/ipc/ipc-contract.ts'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { seal, unseal } from '../lib/seal.ts'

/** `shown`: when which reminder was shown, so that none comes twice; a follow-up moved to another time counts anew. */
export const reminderRecordSchema = z.strictObject({
  reminders: z.array(reminderSchema),
  shown: z.array(z.strictObject({ followUpId: idField, atMs: z.int() })),
})
export type ReminderRecord = Readonly<z.infer<typeof reminderRecordSchema>>

const PLACE = 'rapport/reminders'

/** Keeps the reminders sealed, so that they come after a restart too, as soon as the app is unlocked. */
export class ReminderStore {
  readonly #path: string
  readonly #key: Uint8Array

  constructor(path: string, key: Uint8Array) {
    this.#path = path
    this.#key = key
  }

  /** Empty where there is none or it cannot be opened: the renderer sets them again with its next change. */
  async read(): Promise<ReminderRecord> {
    const sealed = await readFile(this.#path).catch(() => undefined)
    const plain = sealed && unseal(this.#key, PLACE, sealed)
    const parsed = plain && reminderRecordSchema.safeParse(JSON.parse(plain.toString('utf8')))
    return parsed?.success ? parsed.data : { reminders: [], shown: [] }
  }

  /** @throws the system's error */
  async write(record: ReminderRecord): Promise<void> {
    await writeFileAtomically(this.#path, seal(this.#key, PLACE, Buffer.from(JSON.stringify(record), 'utf8')))
  }
}

import type { Reminder } from '../../shared/ipc/ipc-contract.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import { bridge } from '../bridge/window-api.ts'
import type { Replica } from '../db/replica.ts'
import type { ReplicaView } from '../db/replica-view.ts'

/** Changes come in bursts (a pull, a long form): main is told once they have calmed down. */
const CALM_MS = 1_000
/** As many as one call to main takes. */
const MOST_REMINDERS = 500

/** What came due longer ago than this is no longer shown. */
const LATE_MS = 86_400_000

/** The person's own open follow-ups with a reminder that is still to be shown, soonest first. */
function listReminders(view: ReplicaView, personId: string, nowMs: number): readonly Reminder[] {
  return view
    .list('followUps')
    .flatMap((f) => {
      if (f.state !== 'open' || f.assigneeId !== personId || f.remindAtMs === null || f.remindAtMs < nowMs - LATE_MS) return []
      return [{ followUpId: f.id, atMs: f.remindAtMs, title: f.title, body: view.find('households', f.householdId)?.name ?? '' }]
    })
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, MOST_REMINDERS)
}

/** Keeps main's reminders equal to the replica's follow-ups. @returns stops that; what main has stays, for a locked app too */
export function sendReminders(replica: Replica): () => void {
  let sent: readonly Reminder[] | null = null
  let seenVersion = -1
  let timer: ReturnType<typeof setTimeout> | null = null
  const send = async (): Promise<void> => {
    timer = null
    seenVersion = replica.version
    const reminders = listReminders(replica, replica.actorId, Date.now())
    if (replica.progress.phase !== 'ready' || isDeepEqual(reminders, sent)) return
    const answer = await bridge.invoke('reminders:set', { reminders: [...reminders] })
    if (answer.ok) sent = reminders
  }
  const unsubscribe = replica.subscribe(() => {
    if (timer === null && replica.version !== seenVersion) timer = setTimeout(() => void send(), CALM_MS)
  })
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
  }
}

/** What the harness does inside the app's page, over the door that renderer/app/test-door.ts opens. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { TestDoor } from '../../renderer/app/test-door.ts'
import { tableNames } from '../../shared/domain/tables.ts'
import type { SyncStatus, WindowApi } from '../../shared/ipc/ipc-contract.ts'

interface DoorWorld {
  door?: TestDoor
  api: WindowApi
  rapportTestDoor?: (door: TestDoor) => void
  rapportFaultPoint?: (point: string) => unknown
}

const keepDoor = (): void => {
  const world = globalThis as unknown as DoorWorld
  world.rapportTestDoor = (door) => {
    world.door = door
  }
}

/** Before somebody signs in; windows that come later have it from their beginning. */
export async function installDoor(electron: ElectronApplication, page: Page): Promise<void> {
  await electron.context().addInitScript(keepDoor)
  await page.evaluate(keepDoor)
}

export const untilDoorIsOpen = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as DoorWorld).door?.session.replica.progress.phase === 'ready', undefined, { timeout: 60_000 })

export type RunAnswer = { readonly ok: true; readonly commandId: string } | { readonly ok: false; readonly code: string }

export const runInPage = (page: Page, call: { readonly name: string; readonly args: unknown }): Promise<RunAnswer> =>
  page.evaluate(async ({ name, args }) => {
    const { door } = globalThis as unknown as DoorWorld
    if (!door) return { ok: false as const, code: 'no-door' }
    const result = await door.run({ name, version: 1, args })
    return result.ok ? { ok: true as const, commandId: result.value.commandId } : { ok: false as const, code: result.error.code }
  }, call)

/** A household that the signed-in person leads and that may be called today. */
export const findHousehold = (page: Page): Promise<{ readonly householdId: string; readonly me: string }> =>
  page.evaluate(() => {
    const { session } = (globalThis as unknown as Required<DoorWorld>).door
    const me = session.replica.actorId
    const led = new Set(session.replica.list('coverages').flatMap((c) => (c.colleagueId === me && c.role === 'lead' && c.toOn === null ? [c.householdId] : [])))
    const household = session.replica.list('households').find((h) => led.has(h.id) && h.quietPeriods.length === 0)
    if (!household) throw new Error('no household to act on')
    return { householdId: household.id, me }
  })

export interface PageState {
  readonly status: SyncStatus
  readonly pending: readonly { readonly id: string; readonly status: string; readonly code: string | null }[]
  readonly rows: readonly string[] // 'table id rev' of everything on the screen's side
  readonly shownUnsent: string | null // what the bar says
}

export const readPage = (page: Page): Promise<PageState> =>
  page.evaluate(async (names) => {
    const world = globalThis as unknown as Required<DoorWorld>
    const { replica } = world.door.session
    const status = await world.api.invoke('sync:status', {})
    if (!status.ok) throw new Error(status.error.code)
    const rows = names.flatMap((table) => replica.list(table).map((row) => `${table} ${row.id} ${row.rev}`))
    const items = await world.api.invoke('outbox:list', {})
    const journalled = items.ok ? items.value.items : []
    const pending = journalled.map(({ id, status: state, error }) => ({ id, status: state, code: error?.code ?? null }))
    const shownUnsent = document.querySelector('[data-testid="sync-state"]')?.getAttribute('data-unsent') ?? null
    return { status: status.value, pending, rows, shownUnsent }
  }, tableNames)

export const signInAgain = (page: Page, email: string, passphrase: string): Promise<string> =>
  page.evaluate(
    async ({ email, passphrase }) => {
      const answer = await (globalThis as unknown as DoorWorld).api.invoke('session:sign-in', { email, passphrase })
      return answer.ok ? 'ok' : answer.error.code
    },
    { email, passphrase },
  )

export const syncNow = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const world = globalThis as unknown as DoorWorld
    await world.api.invoke('sync:now', {})
    world.door?.session.requestSync()
  })

/** The page holds still at this instant and says so on its console; the harness then ends the app. */
export const armPage = (page: Page, point: string): Promise<void> =>
  page.evaluate((wanted) => {
    ;(globalThis as unknown as DoorWorld).rapportFaultPoint = (reached) => {
      if (reached !== wanted) return undefined
      console.info('fault-point-reached')
      return new Promise(() => undefined)
    }
  }, point)

/** The main process ends itself at this instant. */
export const armMain = (electron: ElectronApplication, point: string): Promise<void> =>
  electron.evaluate((_electron, wanted) => {
    ;(globalThis as unknown as DoorWorld).rapportFaultPoint = (reached) => {
      if (reached === wanted) process.kill(process.pid, 'SIGKILL')
    }
  }, point)

const shift = (aheadMs: number): void => {
  const world = globalThis as unknown as { realDate?: DateConstructor; Date: DateConstructor }
  const Real = world.realDate ?? Date
  world.realDate = Real
  class Shifted extends Real {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(Real.now() + aheadMs)
      else super(...(args as [number]))
    }
    static override now(): number {
      return Real.now() + aheadMs
    }
  }
  world.Date = Shifted as unknown as DateConstructor
}

/** The laptop's clock jumps, in both of the app's processes. */
export async function shiftClock(electron: ElectronApplication, page: Page, aheadMs: number): Promise<void> {
  const text = `(${shift.toString()})(${aheadMs})`
  await electron.evaluate((_electron, code) => {
    // biome-ignore lint/security/noGlobalEval: the harness's own code, in a process of its own
    globalThis.eval(code)
  }, text)
  await page.evaluate(shift, aheadMs)
}

import type { AppError } from '../../shared/errors/error-codes.ts'
import type { IpcChannel, SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import type { RapportApp } from './rapport-app.ts'

/** What main says instead of, or on top of, its own answer. */
export type StandIn =
  | { readonly error: AppError }
  | { readonly value: unknown } // in the place of its own
  | { readonly changes: Readonly<Record<string, unknown>> } // to its own
  | { readonly afterMs: number } // its own, late

type Kept = { keptHandlers?: Map<string, (...args: unknown[]) => Promise<{ readonly ok: boolean; readonly value: object }>> }

/**
 * Lets main answer a channel otherwise, so that states which take days, a broken disk or an attacker can be looked at. The page
 * is as ever. null = main's own answers again.
 */
export async function answerInstead({ electron }: RapportApp, channel: IpcChannel, standIn: StandIn | null): Promise<void> {
  await electron.evaluate(
    ({ ipcMain }, { name, given }) => {
      const { _invokeHandlers } = ipcMain as unknown as { readonly _invokeHandlers: NonNullable<Kept['keptHandlers']> }
      const world = globalThis as Kept
      world.keptHandlers ??= new Map()
      const kept = world.keptHandlers
      const own = kept.get(name) ?? _invokeHandlers.get(name)
      if (!own) throw new Error(`no handler: ${name}`)
      kept.set(name, own)
      ipcMain.removeHandler(name)
      ipcMain.handle(name, async (...args: unknown[]) => {
        if (given === null) return own(...args)
        if ('error' in given) return { ok: false, error: given.error }
        if ('value' in given) return { ok: true, value: given.value }
        if ('afterMs' in given) await new Promise((resolve) => setTimeout(resolve, given.afterMs))
        const answer = await own(...args)
        return answer.ok && 'changes' in given ? { ...answer, value: { ...answer.value, ...given.changes } } : answer
      })
    },
    { name: `rapport:${channel}`, given: standIn },
  )
}

/** The connection as the test says, and the page told of it. null = as it is. */
export async function showStatus(app: RapportApp, changes: Partial<SyncStatus> | null): Promise<void> {
  await answerInstead(app, 'sync:status', changes && { changes })
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('event:sync-changed', { isBehind: false })
  })
}

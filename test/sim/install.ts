/**
 * Puts the simulated surroundings in place; imported before everything else. What is replaced for the whole process:
 * time, timers, chance, files below /sim/, IndexedDB, the password hash and the source of UUIDs.
 */
import { registerHooks } from 'node:module'
import { IDBKeyRange } from 'fake-indexeddb'
import { withLimits } from './small-limits.ts'
import { world } from './world/globals.ts'
import type { Process } from './world/scheduler.ts'
import { installThreadless } from './world/threadless.ts'

const stands: Readonly<Record<string, string>> = { uuid: './world/uuid.ts', '@node-rs/argon2': './world/argon2.ts', 'node:zlib': './world/zlib.ts' }
registerHooks({
  resolve: (specifier, context, next) => {
    const isOurs = !/\/node_modules\/|\/sim\/world\//.test(context.parentURL ?? '')
    const stand = isOurs ? stands[specifier] : undefined
    return stand ? { url: new URL(stand, import.meta.url).href, shortCircuit: true } : next(specifier, context)
  },
  load: (url, context, next) => {
    const loaded = next(url, context)
    return { ...loaded, source: withLimits(url, loaded.source) }
  },
})

/** What belongs to the window of a simulated laptop: its bridge to main and its IndexedDB. */
export interface WindowParts {
  readonly api: unknown
  readonly indexedDB: unknown
}
export const windows = new WeakMap<Process, WindowParts>()

const lookUp = (part: keyof WindowParts) => ({ get: () => windows.get(world.scheduler.current)?.[part], configurable: true })
Object.defineProperty(globalThis, 'api', lookUp('api'))
Object.defineProperty(globalThis, 'indexedDB', lookUp('indexedDB'))
Object.assign(globalThis, { IDBKeyRange })
Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined, configurable: true, writable: true })

installThreadless() // before any module takes the functions it replaces

const { default: Dexie } = await import('dexie')
Object.defineProperty(Object.assign(Dexie.dependencies, { IDBKeyRange }), 'indexedDB', { ...lookUp('indexedDB'), enumerable: true })

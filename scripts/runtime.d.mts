/** For the TypeScript of test/. */
export type RuntimeOrigin = 'override' | 'official' | 'pinned'
export interface Runtime {
  readonly distPath: string
  readonly executable: string
  /** '33.2.1', or 'unknown' */
  readonly version: string
  readonly origin: RuntimeOrigin
}
export const pinnedVersion: string
export const pinnedFolder: string
/** undefined when setup has not run yet or found none. */
export function lookUpRuntime(): Runtime | undefined
/** Throws with what to do when there is none. */
export function findRuntime(): Runtime
/** Switches that Chromium needs on this machine, to be put before the app's folder. */
export function electronSwitches(): string[]

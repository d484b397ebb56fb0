import { rmSync } from 'node:fs'

/** Removes all of it; the processes of an app that was killed may still write into it for a moment. */
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })

import type Dexie from 'dexie'
import { pagesAndOverlay } from './001-pages-and-overlay.ts'
import { packedPages } from './002-packed-pages.ts'

export interface Migration {
  readonly version: number
  register(db: Dexie): unknown
}

/** In order; a shipped one never changes, a later one only adds. */
export const migrations: readonly Migration[] = [pagesAndOverlay, packedPages]

import { recordTamperings } from './record-tamperings.ts'
import type { Tampering } from './rewrite-trail.ts'
import { trailTamperings } from './trail-tamperings.ts'

/** Every way that we know of to lie about the past, each for itself; see the test for what is expected of all of them. */
export const tamperings: Readonly<Record<string, Tampering>> = { ...trailTamperings, ...recordTamperings }

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writeFileAtomically } from '../lib/atomic-write.ts'

const rectSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) })
export type Rect = Readonly<z.infer<typeof rectSchema>>

const placeSchema = z.strictObject({ bounds: rectSchema.nullable(), isMaximized: z.boolean(), hasSeenTrayHint: z.boolean() })
/** Where the window was left; `bounds` null = never placed. */
export type WindowPlace = Readonly<z.infer<typeof placeSchema>>

const unplaced: WindowPlace = { bounds: null, isMaximized: false, hasSeenTrayHint: false }

export function readWindowPlace(path: string): WindowPlace {
  try {
    return placeSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? unplaced
  } catch {
    return unplaced // no file yet, or not JSON
  }
}

export const writeWindowPlace = (path: string, place: WindowPlace) => writeFileAtomically(path, JSON.stringify(place))

/** Enough of the title bar lies on a display to take hold of it; displays come and go with docking stations. */
export function isReachable(bounds: Rect, workAreas: readonly Rect[]): boolean {
  return workAreas.some((area) => {
    const overlapWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
    return overlapWidth >= 100 && bounds.y >= area.y && bounds.y <= area.y + area.height - 40
  })
}

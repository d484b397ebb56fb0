/** Loaded into the server's process by `--import`, never by the server itself: notes when it passes each hop, in a file. */
import { appendFileSync } from 'node:fs'

const file = process.env['RAPPORT_HOP_FILE'] ?? ''
const note: string[] = []
const keep = (name: string): void => void note.push(`${name} ${performance.timeOrigin + performance.now()}\n`)
Object.assign(globalThis, { rapportHop: keep, rapportFaultPoint: keep })
setInterval(() => appendFileSync(file, note.splice(0).join('')), 250).unref()

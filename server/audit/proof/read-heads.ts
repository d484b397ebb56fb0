import { readFileSync } from 'node:fs'
import { isSignedBy, publicKeyOf } from '../ed25519.ts'
import type { KeptHead } from './export-format.ts'

/** A line of the witness file: a head, the key that vouches for it, and its signature over `witnessText`. */
export interface WitnessLine extends KeptHead {
  readonly publicKey: string
  readonly signature: string
}

/** What the server signs of a head. */
export const witnessText = ({ epoch, size, hash, atMs }: KeptHead): string => ['rapport/head/1', epoch, size, hash, atMs].join('\n')

const isHead = (value: unknown): value is KeptHead =>
  typeof value === 'object' &&
  value !== null &&
  'epoch' in value &&
  typeof value.epoch === 'string' &&
  'size' in value &&
  Number.isSafeInteger(value.size) &&
  'hash' in value &&
  typeof value.hash === 'string' &&
  'atMs' in value &&
  Number.isSafeInteger(value.atMs)

/** @throws where the text is not JSON lines, or one is no head */
function parseLines(path: string): readonly KeptHead[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const value: unknown = JSON.parse(line)
      if (!isHead(value)) throw new Error(`${path}: line ${i + 1} is no head of the trail`)
      return value
    })
}

/** Heads that a client exported. */
export const readHeads = (path: string): readonly KeptHead[] => parseLines(path)

/** Heads of a witness file whose signature holds. A torn last line was never finished. @throws naming the first line that nobody signed */
export function readWitness(path: string): { readonly heads: readonly KeptHead[]; readonly keys: ReadonlySet<string> } {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  const keys = new Set<string>()
  const heads = lines.map((line, i) => {
    const head = JSON.parse(line) as WitnessLine
    const key = isHead(head) && typeof head.publicKey === 'string' ? publicKeyOf(head.publicKey) : null
    if (!key || !isSignedBy(key, witnessText(head), String(head.signature))) throw new Error(`${path}: line ${i + 1} is not signed by the key it names`)
    keys.add(head.publicKey)
    return head
  })
  return { heads, keys }
}

import { bridge } from '../bridge/window-api.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** @param place table, key and version of the record: a body moved to another place does not open */
export function sealJson(place: string, value: unknown): Uint8Array {
  return bridge.cipher.seal(place, encoder.encode(JSON.stringify(value)))
}

/** Throws 'cipher/invalid' where the body was changed or moved. The type is what this app sealed at that place. */
export const openJson = <T>(place: string, sealed: Uint8Array): T => JSON.parse(decoder.decode(bridge.cipher.open(place, sealed))) as T

/** Many at once: one crossing into the isolated world. */
export const openManyJson = <T>(items: readonly { readonly aad: string; readonly sealed: Uint8Array }[]): readonly T[] =>
  bridge.cipher.openMany(items).map((plain) => JSON.parse(decoder.decode(plain)) as T)

/** Whether a stored body was changed or moved; an error from the isolated world arrives with its message only. */
export const isDamage = (error: unknown): boolean => error instanceof Error && error.message.includes('cipher/invalid')

import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import zlib from 'node:zlib'

type Callback = (error: Error | null, value?: unknown) => void

/** The same work at once, answered in a microtask: threads would answer in an order of their own. */
export function answerNow(work: (...args: never[]) => unknown) {
  return (...args: unknown[]) => {
    const callback = args.pop() as Callback
    try {
      const value = work(...(args as never[]))
      queueMicrotask(() => callback(null, value))
    } catch (error) {
      queueMicrotask(() => callback(error as Error))
    }
  }
}

/** A web stream of the same kind. */
function transformOf(work: (bytes: Buffer) => Buffer): TransformStream<Uint8Array, Uint8Array> {
  const parts: Uint8Array[] = []
  return new TransformStream({
    transform: (part) => void parts.push(part),
    flush: (controller) => controller.enqueue(new Uint8Array(work(Buffer.concat(parts)))),
  })
}

/** Bytes as a stream; Node's own Blob answers from outside of the event loop's order. */
class SimBlob {
  readonly #bytes: Uint8Array
  constructor(parts: readonly Uint8Array[]) {
    this.#bytes = Buffer.concat(parts)
  }
  stream(): ReadableStream<Uint8Array> {
    const bytes = this.#bytes
    return new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes)
        controller.close()
      },
    })
  }
}

/** To be called with `new`. */
const asClass = (make: (format: string) => object) =>
  function (format: string) {
    if (!new.target) throw new TypeError('a class')
    return make(format)
  }

/** Puts synchronous work in the place of what Node gives to threads: compression and signature checks. */
export function installThreadless(): void {
  const { gzipSync, gunzipSync, deflateRawSync, inflateRawSync, deflateSync, inflateSync } = zlib
  const verifyNow = crypto.verify as (...args: unknown[]) => boolean
  const verify = (...args: unknown[]) => (typeof args.at(-1) === 'function' ? answerNow(verifyNow as never)(...args) : verifyNow(...args))
  Object.assign(crypto, { verify })
  const unpack: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { 'deflate-raw': inflateRawSync, deflate: inflateSync, gzip: gunzipSync }
  const pack: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { 'deflate-raw': deflateRawSync, deflate: deflateSync, gzip: gzipSync }
  const streamOf = (works: typeof pack) => (format: string) => transformOf(works[format] ?? deflateSync)
  const streams = { DecompressionStream: asClass(streamOf(unpack)), CompressionStream: asClass(streamOf(pack)), Blob: SimBlob }
  for (const [name, value] of Object.entries(streams)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  syncBuiltinESMExports()
}

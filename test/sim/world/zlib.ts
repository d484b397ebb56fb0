/** Stands in for node:zlib in our own code: the same bytes, without its threads. */
import { Transform } from 'node:stream'
import { deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
import { answerNow } from './threadless.ts'

export { constants, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
export const gzip = answerNow(gzipSync as never)
export const gunzip = answerNow(gunzipSync as never)
export const deflateRaw = answerNow(deflateRawSync as never)
export const inflateRaw = answerNow(inflateRawSync as never)
export const createGunzip = () => wholeAtOnce(gunzipSync)
export const createGzip = () => wholeAtOnce(gzipSync)

/** A stream that works when all of its input is there. */
function wholeAtOnce(work: (bytes: Buffer) => Buffer): Transform {
  const parts: Buffer[] = []
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    },
    flush(done) {
      try {
        done(null, work(Buffer.concat(parts)))
      } catch (error) {
        done(error as Error)
      }
    },
  })
}

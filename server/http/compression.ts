import { Transform } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { appError } from '../../shared/errors/error-codes.ts'

/** Smaller answers gain less than the head of the format costs. */
const COMPRESS_ABOVE_BYTES = 1_024
/** Bodies of ours shrink to a twentieth at most; what grows beyond this is made to fill memory. */
const MAX_RATIO = 100
const RATIO_FROM_BYTES = 64 * 1_024

const zip = promisify(gzip)

const refusal = (code: 'request/too-large' | 'request/malformed') =>
  Object.assign(new Error(code), { appError: appError(code, code === 'request/malformed' ? { path: '', problem: 'content-encoding' } : {}) })

/** Inflates a body, counting both sides; the route's limit holds for the inflated one (Fastify checks it as it reads). */
function inflating(): { readonly input: Transform; readonly output: Transform & { receivedEncodedLength: number } } {
  let receivedBytes = 0
  let inflatedBytes = 0
  const output = Object.assign(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        inflatedBytes += chunk.length
        const isBomb = inflatedBytes > RATIO_FROM_BYTES && inflatedBytes > MAX_RATIO * receivedBytes
        done(isBomb ? refusal('request/too-large') : null, chunk)
      },
    }),
    { receivedEncodedLength: 0 },
  )
  const input = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      receivedBytes += chunk.length
      output.receivedEncodedLength = receivedBytes
      done(null, chunk)
    },
  })
  const gunzip = createGunzip()
  for (const stream of [input, gunzip]) stream.once('error', () => output.destroy(refusal('request/malformed')))
  output.on('error', () => undefined) // Fastify stops listening when it gives up on a body; what comes after must not end the server
  input.pipe(gunzip).pipe(output)
  output.once('close', () => gunzip.destroy())
  return { input, output }
}

/**
 * Takes gzip bodies from signed-in devices, and answers in gzip what is about sync and larger than 1 kB. Answers with
 * tokens are never compressed: their length would tell of their content.
 */
export function addCompression(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return payload
    if (encoding !== 'gzip' || !request.routeOptions.url?.startsWith('/v1/sync/')) throw refusal('request/malformed')
    const { input, output } = inflating()
    payload.once('error', (error: Error) => output.destroy(error))
    payload.pipe(input)
    return output
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const isFit = typeof payload === 'string' && payload.length > COMPRESS_ABOVE_BYTES && request.routeOptions.url?.startsWith('/v1/sync/')
    if (!isFit || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload
    const zipped = await zip(payload, { level: 3 })
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
    return zipped
  })
}

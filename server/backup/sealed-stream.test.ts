import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BackupError } from './backup-error.ts'
import { type BackupSecret, newHeader } from './backup-key.ts'
import { openStream, sealStream } from './sealed-stream.ts'

const secret: BackupSecret = { type: 'key-file', key: randomBytes(32) }
const MIB = 1_048_576

async function* partsOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
const seal = (plain: Buffer, key: BackupSecret = secret) => collect(sealStream(partsOf(plain, 70_001), newHeader(key), key))
const open = (sealed: Buffer, key: BackupSecret = secret) => collect(openStream(partsOf(sealed, 99_991), key))
const failure = (sealed: Buffer, key: BackupSecret = secret): Promise<string> =>
  open(sealed, key).then(
    () => 'opened',
    (error: BackupError) => error.code,
  )

test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB])('[B1] brings %i bytes back, and shows none of them', async (length) => {
  const plain = Buffer.alloc(length, 'client')
  const sealed = await seal(plain)
  expect((await open(sealed)).equals(plain)).toBe(true)
  expect(sealed.includes('clientclient')).toBe(false)
  expect((await seal(plain)).equals(sealed)).toBe(false) // another salt, another key
})

test('[B1] opens with a passphrase, and not with another one', async () => {
  const key = (passphrase: string): BackupSecret => ({ type: 'passphrase', passphrase })
  const sealed = await seal(Buffer.from('rows'), key('correct horse battery'))
  expect((await open(sealed, key('correct horse battery'))).toString()).toBe('rows')
  expect(await failure(sealed, key('correct horse batterz'))).toBe('wrong-key')
  expect(await failure(sealed)).toBe('wrong-key')
})

test('[B2] refuses a file that is cut off anywhere, has a changed byte, or pieces moved, doubled or left out', async () => {
  const sealed = await seal(randomBytes(2 * MIB + 500))
  const start = sealed.length - (2 * MIB + 500 + 3 * 16)
  const piece = MIB + 16
  const [first, second, last] = [sealed.subarray(start, start + piece), sealed.subarray(start + piece, start + 2 * piece), sealed.subarray(start + 2 * piece)]
  const head = sealed.subarray(0, start)
  const lengths = [0, 5, start - 1, start, start + 1, start + piece - 1, start + piece, start + 2 * piece, start + 2 * piece + 1, sealed.length - 1]
  for (const length of lengths) expect(await failure(sealed.subarray(0, length)), `cut at ${length}`).not.toBe('opened')
  for (let i = 0; i < sealed.length; i += 40_009) {
    const changed = Buffer.from(sealed)
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(await failure(changed), `byte ${i}`).not.toBe('opened')
  }
  for (const order of [
    [second, first, last],
    [first, first, second, last],
    [first, last],
    [first, second, last, last],
    [first, second, Buffer.concat([last, Buffer.alloc(1)])],
  ])
    expect(await failure(Buffer.concat([head, ...order]))).toBe(order[0] === second ? 'wrong-key' : 'damaged')
})

test('a header that makes guessing cheap, or takes all memory, is not obeyed', async () => {
  const key: BackupSecret = { type: 'passphrase', passphrase: 'correct horse battery' }
  const sealed = (await seal(Buffer.from('rows'), key)).toString('latin1')
  for (const memory of ['001024', '999999']) expect(await failure(Buffer.from(sealed.replace('131072', memory), 'latin1'), key)).toMatch(/not-a-backup|wrong-key/)
  expect(await failure(Buffer.from(sealed.replace('131072', '999'), 'latin1'), key)).toBe('not-a-backup')
})

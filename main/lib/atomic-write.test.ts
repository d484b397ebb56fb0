import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileAtomically } from './atomic-write.ts'

test('writes to one path at the same time all succeed, and the last one asked for stays, whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-atomic-'))
  try {
    const path = join(folder, 'settings.json')
    const texts = Array.from({ length: 20 }, (_, i) => `${i} `.repeat(1 + ((i * 7_919) % 5_000)))
    await Promise.all(texts.map((text) => writeFileAtomically(path, text)))
    expect(readFileSync(path, 'utf8') === texts.at(-1)).toBe(true)
    expect(readdirSync(folder)).toEqual(['settings.json'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a write that failed does not stop the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-atomic-'))
  try {
    const path = join(folder, 'absent', 'file')
    const outcomes = await Promise.allSettled([writeFileAtomically(path, 'a'), writeFileAtomically(path, 'b')])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await writeFileAtomically(join(folder, 'file'), 'c')
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('c')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

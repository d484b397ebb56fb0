import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SettingsStore } from './settings-store.ts'

test('two changes at the same time are both kept, here and in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-settings-'))
  try {
    const path = join(folder, 'settings.json')
    const store = new SettingsStore(path, undefined, () => undefined)
    const answers = await Promise.all([store.set({ theme: 'dark' }), store.set({ language: 'hu' }), store.set({ serverUrl: 'http://elsewhere.example' })])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false])
    for (const settings of [store.get(), JSON.parse(readFileSync(path, 'utf8'))]) expect(settings).toMatchObject({ theme: 'dark', language: 'hu' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectNode } from '../../../scripts/project-paths.mjs'

const folder = mkdtempSync(join(tmpdir(), 'rapport-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command as an office does, on an export that would hold by itself: nothing of it may be reached. */
function verify(option: string, text: string): { readonly status: number | null; readonly said: string } {
  const kept = join(folder, 'kept.jsonl')
  writeFileSync(kept, text)
  const { status, stdout, stderr } = spawnSync(projectNode, [join(import.meta.dirname, 'verify-command.ts'), '--export', join(folder, 'trail.jsonl'), option, kept], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

test.each([
  ['--heads', ''],
  ['--heads', '\n\n'],
  ['--witness', ''],
  ['--witness', '{"torn'],
])('[K4] %s with a file that holds no head (%j) is refused: nothing would be compared', (option, text) => {
  expect(verify(option, text)).toEqual({ status: 1, said: expect.stringMatching(/kept\.jsonl holds no head: nothing would be compared\.\n$/) })
})

/** What a crash leaves on the disk: not the memory of any process of the app. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '../../support/packed-app.ts'
import { endProcess, waitFor } from '../../support/wait-for.ts'

/** A process and all that come from it, each with what it was started as. */
function familyOf(root: number): readonly { readonly pid: number; readonly type: string }[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map(processes.flatMap((pid) => parentOf(Number(pid))))
  const isOfFamily = (pid: number): boolean => pid === root || (parents.has(pid) && isOfFamily(parents.get(pid) ?? 0))
  return [...parents.keys()].filter(isOfFamily).map((pid) => ({ pid, type: /--type=([a-z-]+)/.exec(textOf(pid, 'cmdline'))?.[1] ?? 'main' }))
}

function parentOf(pid: number): [pid: number, parent: number][] {
  const parent = /\) \S (\d+)/.exec(textOf(pid, 'stat'))?.[1]
  return parent === undefined ? [] : [[pid, Number(parent)]]
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(join('/proc', String(pid), file), 'utf8')
  } catch {
    return '' // gone meanwhile
  }
}

test.skip(process.platform !== 'linux', 'dumps of memory are Linux’s')

test('the memory of no process goes into a core dump, and no reporter of crashes runs', async ({ shipped }) => {
  const app = shipped.spawn([])
  const pid = app.pid ?? 0
  try {
    await waitFor('the page', async () => familyOf(pid).some(({ type }) => type === 'renderer') || undefined, { withinMs: 30_000 })
    await sleep(1_000) // the network's process comes a little later
    const family = familyOf(pid)
    expect(family.map(({ type }) => type)).toEqual(expect.arrayContaining(['main', 'zygote', 'renderer', 'utility']))
    expect(family.filter((one) => textOf(one.pid, 'coredump_filter').trim() !== '00000000')).toEqual([])
    expect(family.map(({ type }) => type)).not.toContain('crashpad-handler')
    expect(readdirSync(join(shipped.home, 'Rapport', 'Crashpad')).filter((name) => name.endsWith('.dmp'))).toEqual([])
  } finally {
    await endProcess(pid, 'SIGKILL')
  }
})

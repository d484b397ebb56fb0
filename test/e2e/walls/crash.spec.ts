/** What a crash leaves on the disk: not the memory of any process of the app. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '../../support/packed-app.ts'
import { endProcess, familyOf, pidOf, readOfProcess } from '../../support/processes.ts'
import { waitFor } from '../../support/wait-for.ts'

const typeOf = (pid: number): string => /--type=([a-z-]+)/.exec(readOfProcess(pid, 'cmdline'))?.[1] ?? 'main'

test.skip(process.platform !== 'linux', 'dumps of memory are Linux’s')

test('the memory of no process goes into a core dump, and no reporter of crashes runs', async ({ shipped }) => {
  const app = shipped.spawn([])
  const pid = pidOf(app)
  try {
    await waitFor('the page', async () => familyOf(pid).some((one) => typeOf(one) === 'renderer') || undefined, { withinMs: 30_000 })
    await sleep(1_000) // the network's process comes a little later
    const family = familyOf(pid)
    expect(family.map(typeOf)).toEqual(expect.arrayContaining(['main', 'zygote', 'renderer', 'utility']))
    expect(family.filter((one) => readOfProcess(one, 'coredump_filter').trim() !== '00000000')).toEqual([])
    expect(family.map(typeOf)).not.toContain('crashpad-handler')
    expect(readdirSync(join(shipped.home, 'Rapport', 'Crashpad')).filter((name) => name.endsWith('.dmp'))).toEqual([])
  } finally {
    await endProcess(pid, 'SIGKILL')
  }
})

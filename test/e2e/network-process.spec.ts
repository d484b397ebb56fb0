/** Chromium's network process may end by itself, or be ended by a system that runs out of memory. */
import { must } from '../../shared/lib/must.ts'
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { logPage } from '../support/pages/log-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { endProcess, familyOf, readOfProcess } from '../support/processes.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { findStage } from '../support/stage.ts'

const networkProcessOf = ({ pid }: RapportApp): number | undefined => familyOf(pid).find((one) => readOfProcess(one, 'cmdline').includes('network.mojom.NetworkService'))

test.skip(process.platform !== 'linux', 'finds the process as Linux tells of it')

test('when the network process has ended work is sent all the same, twice, and the page stays cut off', async ({ firm }) => {
  const { household } = await findStage(firm.url)
  const laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  await framePage(laptop).waitUntilSent()
  for (const subject of ['First after it', 'Second after it']) {
    await endProcess(must(networkProcessOf(laptop), 'the network process'), 'SIGKILL')
    await logPage(laptop).logByKeyboard({ household: household.name, subject })
    await framePage(laptop).waitUntilSent()
  }
  const proxy = await laptop.electron.evaluate(({ session }, url) => session.fromPartition('persist:ui').resolveProxy(url), firm.url)
  expect(proxy).toContain('127.0.0.1:9')
})

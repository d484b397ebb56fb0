/** Refused is not lost: what the server refuses waits with its reason and all of its input. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { attentionPage } from '../support/pages/attention-page.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { householdPage } from '../support/pages/household-page.ts'
import { logPage } from '../support/pages/log-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { findStage } from '../support/stage.ts'

const SUBJECTS = ['Refused and resent', 'Refused and corrected', 'Refused and discarded'] as const

test('[P4] work on a household whose coverage ended meanwhile is kept, and can be resent, corrected, exported and discarded', async ({ firm }) => {
  test.setTimeout(300_000)
  const stage = await findStage(firm.url)
  let laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)

  await test.step('offline, three contacts are logged', async () => {
    await firm.stopServer()
    await framePage(laptop).waitUntilOffline()
    for (const subject of SUBJECTS) await logPage(laptop).logByKeyboard({ household: stage.household.name, subject })
    await expect(framePage(laptop).syncState).toHaveAttribute('data-unsent', '3')
    await laptop.kill()
  })

  await test.step('meanwhile the supervisor ends the coverage', async () => {
    await firm.startServer()
    const supervisor = await ApiClient.signIn(firm.url, people.supervisor)
    const id = must(stage.household.leadCoverageId, 'lead coverage')
    const outcome = await supervisor.run('coverage/end', { id, toOn: addDays(localDateOf(Date.now(), 'Europe/Budapest'), -1) })
    expect(outcome).toMatchObject({ status: 'applied' })
  })

  await test.step('all three wait with reason and input; the household has left the laptop', async () => {
    laptop = await firm.launch('advisor')
    await sessionPage(laptop).unlock()
    const attention = attentionPage(laptop)
    await attention.open()
    await expect(attention.items).toHaveCount(3, { timeout: 30_000 })
    await attention.choose(0)
    await expect(attention.pane).toContainText(SUBJECTS[0])
    await expect(attention.reason).toHaveAttribute('data-code', /^access\//)
    await householdPage(laptop).search(stage.household.name)
    await expect(householdPage(laptop).rows).toHaveCount(0)
  })

  await test.step('an exported copy holds the whole input; discarding removes it for good', async () => {
    const attention = attentionPage(laptop)
    await attention.open()
    await attention.chooseBySubject(SUBJECTS[2])
    const path = join(laptop.userData, 'export.json')
    await laptop.electron.evaluate(({ dialog }, filePath) => Object.assign(dialog, { showSaveDialog: async () => ({ canceled: false, filePath }) }), path)
    await attention.pane.getByTestId('attention-export').click()
    await expect.poll(() => readExport(path)).toMatchObject({ command: 'contact/log', input: { subject: SUBJECTS[2] } })
    await attention.pane.getByTestId('attention-discard').click()
    await attention.pane.getByTestId('attention-discard-confirm').click()
    await expect(attention.items).toHaveCount(2)
    await expect(laptop.page.getByTestId('attention-screen').getByRole('grid')).toBeFocused() // what had the focus is gone
  })

  await test.step('with the coverage back, one is resent as it is and one corrected first', async () => {
    const supervisor = await ApiClient.signIn(firm.url, people.supervisor)
    const fromOn = localDateOf(Date.now(), 'Europe/Budapest')
    const coverage = { id: newId(), householdId: stage.household.id, colleagueId: stage.advisor.id, role: 'lead', fromOn, toOn: null } as const
    expect(await supervisor.run('coverage/grant', coverage)).toMatchObject({ status: 'applied' })
    await householdPage(laptop).search(stage.household.name)
    await expect(householdPage(laptop).rows).toHaveCount(1, { timeout: 30_000 })
    const attention = attentionPage(laptop)
    await attention.open()
    await attention.chooseBySubject(SUBJECTS[0])
    await attention.pane.getByTestId('attention-resend').click()
    await expect(attention.items).toHaveCount(1)
    await attention.chooseBySubject(SUBJECTS[1])
    await attention.pane.getByTestId('attention-correct').click()
    await laptop.page.getByTestId('log-subject').fill('Corrected')
    await laptop.page.getByTestId('log-direction-inbound').click() // the client rang: no limit counts
    await laptop.page.getByTestId('log-save').click()
    await expect(laptop.page.getByTestId('log-contact-screen')).toBeHidden()
    await framePage(laptop).waitUntilSent()
  })

  await test.step('the server has the resent and the corrected one, once each, and not the discarded one', async () => {
    const api = await ApiClient.signIn(firm.url, people.advisor)
    const subjects = (await api.list('contactEntries')).filter((entry) => entry.householdId === stage.household.id).map((entry) => entry.subject)
    expect(subjects.filter((subject) => subject.startsWith('Refused') || subject === 'Corrected').sort()).toEqual(['Corrected', SUBJECTS[0]])
  })
})

function readExport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // not written yet
  }
}

/** The main job from end to end: a contact logged offline, sent, seen by those who may, claimed, verified, and remembered. */
import { localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { householdPage } from '../support/pages/household-page.ts'
import { logPage } from '../support/pages/log-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { coverBy, findStage, type Stage } from '../support/stage.ts'

const SUBJECT = 'Vineyard sale, money by December'
const todayOn = () => localDateOf(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone)

const callOf = (stage: Stage) => ({
  household: stage.household.name,
  subject: SUBJECT,
  note: 'Sold the vineyard; the buyer pays in one transfer.',
  initiative: 'Symphony night',
  hasFollowUpIn2Weeks: true,
  pledge: { amount: '2m eur', iban: must(stage.account.iban, 'IBAN'), expected: '15 dec' },
})

test('[J1] [P6] a contact logged without a server survives kill -9, is sent, and reaches those who may see it', async ({ firm }) => {
  test.setTimeout(300_000)
  const stage = await findStage(firm.url)
  await coverBy(firm.url, stage.household.id, people.colleague)
  let laptop = await firm.launch('advisor')

  await test.step('the advisor signs in and sees Today', async () => {
    await sessionPage(laptop).signIn(people.advisor)
    await expect(laptop.page.getByTestId('today-screen')).toBeVisible()
  })

  await test.step('without a server, keyboard only: the entry is visible at once and saved on this laptop', async () => {
    await firm.stopServer()
    await framePage(laptop).waitUntilOffline()
    await logPage(laptop).logByKeyboard(callOf(stage))
    const home = householdPage(laptop)
    await expect(home.screen).toContainText(SUBJECT)
    await expect(home.screen).toContainText('Symphony night')
    await expect(home.claims.filter({ hasText: '2,000,000' })).toBeVisible()
    await expect(home.screen.getByText('Saved here').first()).toBeVisible()
    await expect(framePage(laptop).syncState).toHaveAttribute('data-unsent', '1')
  })

  await test.step('kill -9, reopened offline: everything is there', async () => {
    await laptop.kill()
    laptop = await firm.launch('advisor')
    await sessionPage(laptop).unlock()
    const home = householdPage(laptop)
    await home.open(stage.household.name)
    await expect(home.screen).toContainText(SUBJECT)
    await expect(home.screen).toContainText('Symphony night')
    await expect(home.claims.filter({ hasText: '2,000,000' })).toBeVisible()
    await expect(framePage(laptop).syncState).toHaveAttribute('data-unsent', '1')
  })

  await test.step('with the server back it is sent and confirmed', async () => {
    await firm.startServer()
    await framePage(laptop).waitUntilSent()
    await expect(householdPage(laptop).screen.getByText('Saved here')).toHaveCount(0)
  })

  await test.step('it is on the server once, with its follow-up and its claim', async () => {
    const api = await ApiClient.signIn(firm.url, people.advisor)
    const rows = await api.listRows()
    const entries = rows.filter((row) => row.table === 'contactEntries' && (row.row as { subject: string }).subject === SUBJECT)
    expect(entries).toHaveLength(1)
    const entry = must(entries[0]?.row as { followUpIds: string[]; claimIds: string[] } | undefined, 'the entry')
    expect(entry.followUpIds).toHaveLength(1)
    const claim = rows.find((row) => row.id === entry.claimIds[0])?.row
    expect(claim).toMatchObject({ kind: 'pledge', state: 'pledged', claimedMinor: 200_000_000, currency: 'EUR', accountId: stage.account.id, contactOn: todayOn() })
    expect((claim as { expectedOn: string }).expectedOn).toMatch(/-12-15$/)
  })

  for (const [who, email] of [
    ['the same advisor on a second laptop', people.advisor],
    ['the supervisor', people.supervisor],
    ['a colleague who covers the household', people.colleague],
  ] as const) {
    await test.step(`it shows to ${who}`, async () => {
      const other = await firm.launch(`reader-${email === people.advisor ? 'second' : email}`)
      await sessionPage(other).signIn(email)
      await householdPage(other).open(stage.household.name)
      await expect(householdPage(other).screen).toContainText(SUBJECT)
      await other.close()
    })
  }

  await test.step('an advisor who does not cover the household does not learn that it exists', async () => {
    const stranger = await firm.launch('stranger')
    await sessionPage(stranger).signIn(people.stranger)
    await householdPage(stranger).search(stage.household.name)
    await expect(householdPage(stranger).rows).toHaveCount(0)
    const api = await ApiClient.signIn(firm.url, people.stranger)
    expect(JSON.stringify(await api.listRows())).not.toContain(stage.household.id)
  })
})

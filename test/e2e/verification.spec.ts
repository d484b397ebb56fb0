/** The independent check: import, proposals, four eyes, decision, and what the maker sees of it. */
import { v7 as newId } from 'uuid'
import type { CommandName } from '../../shared/commands/registry.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, type Firm, test } from '../support/fixtures.ts'
import { householdPage } from '../support/pages/household-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { verificationPage } from '../support/pages/verification-page.ts'
import { people } from '../support/people.ts'
import { coverBy, findStage, type Stage } from '../support/stage.ts'
import { makeStatementFile } from '../support/statement-of.ts'

const AMOUNT_MINOR = 200_000_000
const todayOn = () => localDateOf(Date.now(), 'UTC')

/** The advisor claims a pledge that is expected in four weeks, shared with a colleague. */
async function claimPledge(firm: Firm, stage: Stage, amountMinor = AMOUNT_MINOR): Promise<{ readonly claimId: string }> {
  await coverBy(firm.url, stage.household.id, people.colleague)
  const [advisor, colleague] = await Promise.all([ApiClient.signIn(firm.url, people.advisor), ApiClient.signIn(firm.url, people.colleague)])
  const claimId = newId()
  const outcome = await advisor.run('contact/log', {
    id: newId(),
    householdId: stage.household.id,
    channel: 'phone',
    direction: 'outbound',
    occurredAtMs: Date.now() - 60_000,
    zone: 'UTC',
    lengthMinutes: 20,
    place: '',
    personIds: [],
    colleagueIds: [advisor.me.id],
    isReached: true,
    purpose: 'proposal',
    subject: 'Pledge',
    note: '',
    initiativeId: null,
    isConfidential: false,
    followUps: [],
    claims: [
      {
        id: claimId,
        kind: 'pledge',
        accountId: stage.account.id,
        claimedMinor: amountMinor,
        currency: 'EUR',
        expectedOn: addDays(todayOn(), 28),
        creditSplit: [
          { colleagueId: advisor.me.id, shareBp: 6_000 },
          { colleagueId: colleague.me.id, shareBp: 4_000 },
        ],
        note: '',
      },
    ],
  })
  expect(outcome).toMatchObject({ status: 'applied' })
  return { claimId }
}

const fileFor = (stage: Stage, amountMinor = AMOUNT_MINOR) =>
  makeStatementFile({
    account: stage.account,
    broken: stage.otherAccount,
    credit: { amountMinor, bookedOn: todayOn(), payerName: 'Treuhand Alpenland AG', reference: 'Transfer' },
    sequence: 1,
    openingMinor: 0,
  })

test('a controller imports a statement, reads the proposal, confirms; the maker sees by whom, when and on what', async ({ firm }) => {
  test.setTimeout(300_000)
  const stage = await findStage(firm.url)
  const { claimId } = await claimPledge(firm, stage)
  const file = fileFor(stage)
  const desk = await firm.launch('controller')
  const verification = verificationPage(desk)

  await test.step('the claim waits in the queue', async () => {
    await sessionPage(desk).signIn(people.controller)
    await verification.open()
    await verification.openCase(claimId, stage.household.name)
    await expect(verification.pane).toContainText('2,000,000')
    await expect(verification.pane).toContainText('Pledged')
  })

  await test.step('a dropped file comes in: one statement, one line, one proposal, one statement set aside with its reason', async () => {
    await verification.openFeeds()
    await verification.drop(file)
    const row = verification.feedRows.filter({ hasText: file.name }).first()
    await expect(row).toHaveAttribute('data-state', 'partlyQuarantined', { timeout: 30_000 })
    await expect(row.getByTestId('feed-lines')).toContainText('1 statement came in · 1 line · 1 proposal')
    await expect(row.getByTestId('feed-quarantine')).toContainText('do not add up')
    await expect(row.getByTestId('feed-quarantine')).toContainText('feed/balance-mismatch')
  })

  await test.step('importing it again changes nothing', async () => {
    await verification.choose(file)
    const rows = verification.feedRows.filter({ hasText: file.name })
    await expect(rows).toHaveCount(2)
    await expect(rows.first()).toHaveAttribute('data-state', 'quarantined', { timeout: 30_000 })
    await expect(rows.first().getByTestId('feed-seen')).toContainText('1 statement was imported before: nothing changed')
    const api = await ApiClient.signIn(firm.url, people.controller)
    expect((await api.list('accountActivities')).filter((line) => line.iban === stage.account.iban)).toHaveLength(1)
  })

  await test.step('the proposal says what agreed and what differed', async () => {
    await verification.feedRows.filter({ hasText: file.name }).getByTestId('feed-case').first().click()
    await expect(verification.pane).toHaveAttribute('data-claim-id', claimId)
    const proposal = verification.proposals.first()
    await expect(proposal.getByTestId('case-agreed')).toContainText('Amount')
    await expect(proposal.getByTestId('case-agreed')).toContainText('Account')
    await expect(proposal.getByTestId('case-differed')).toContainText('Date')
    await expect(proposal.getByTestId('case-differed')).toContainText('Treuhand Alpenland AG')
    await expect(proposal).toContainText('booked more than 3 days')
  })

  await test.step('keyboard: choose, reason, confirm', async () => {
    await verification.proposals.first().getByTestId('case-proposal-choose').click()
    await expect(verification.pane.getByTestId('case-sum')).toHaveAttribute('data-fit', 'exact')
    await desk.page.keyboard.press('c')
    await expect(verification.pane.getByTestId('case-reason')).toBeFocused() // a reason is needed first
    await desk.page.keyboard.type('Arrived earlier than expected; account and amount agree.')
    await verification.confirm()
    await expect(verification.decision.first()).toHaveAttribute('data-decision', 'confirmed')
    await expect(verification.evidence.first()).toContainText(file.name)
    await expect(verification.pane.getByTestId('case-confirm')).toHaveCount(0)
  })

  await test.step('the maker sees by whom, when and on what evidence', async () => {
    const laptop = await firm.launch('advisor')
    await sessionPage(laptop).signIn(people.advisor)
    await householdPage(laptop).open(stage.household.name)
    const claim = householdPage(laptop).claimOf(claimId)
    await expect(claim).toHaveAttribute('data-state', 'confirmed')
    await expect(claim).toContainText('Claire Dawson')
    await expect(claim).toContainText(file.name)
    await expect(claim).toContainText('Arrived earlier than expected')
  })
})

test('[C4] maker, split member and supervisor cannot decide a claim, with or without the app', async ({ firm }) => {
  const stage = await findStage(firm.url)
  const { claimId } = await claimPledge(firm, stage)
  const attempts: readonly (readonly [CommandName, Record<string, unknown>])[] = [
    ['verification/confirm', { id: claimId, evidence: [], letterSha256: null, reason: 'Mine' }],
    ['verification/confirm-partly', { id: claimId, evidence: [], letterSha256: null, reason: 'Mine' }],
    ['verification/reject', { id: claimId, reason: 'Mine' }],
    ['verification/return', { id: claimId, reason: 'Mine' }],
  ]
  for (const email of [people.advisor, people.colleague, people.supervisor, people.service, people.compliance, people.marketing, people.admin]) {
    const api = await ApiClient.signIn(firm.url, email)
    for (const [name, args] of attempts) {
      const outcome = await api.run(name, args as never)
      expect(outcome, `${email} ${name}`).toMatchObject({ status: 'refused', error: { code: expect.stringMatching(/^access\//) } })
    }
  }
  const controller = await ApiClient.signIn(firm.url, people.controller)
  const claim = (await controller.list('outcomeClaims')).find((candidate) => candidate.id === claimId)
  expect(claim).toMatchObject({ state: 'pledged', decision: null, confirmedMinor: 0 })
})

test('above the limit two different controllers confirm the same evidence', async ({ firm }) => {
  test.setTimeout(240_000)
  const stage = await findStage(firm.url)
  const { claimId } = await claimPledge(firm, stage, 1_200_000_000)
  const desks = [
    { email: people.controller, decision: 'approved' },
    { email: people.secondController, decision: 'confirmed' },
  ] as const
  for (const { email, decision } of desks) {
    const desk = await firm.launch(email)
    const verification = verificationPage(desk)
    await sessionPage(desk).signIn(email)
    await verification.open()
    if (decision === 'approved') {
      await verification.openFeeds()
      const file = fileFor(stage, 1_200_000_000)
      await verification.drop(file)
      await expect(verification.feedRows.filter({ hasText: file.name }).first()).toHaveAttribute('data-state', 'partlyQuarantined', { timeout: 30_000 })
      await verification.openQueue()
    }
    await verification.openCase(claimId, stage.household.name)
    if (decision === 'approved') await verification.proposals.first().getByTestId('case-proposal-choose').click()
    await expect(verification.pane.getByTestId('case-sum')).toHaveAttribute('data-fit', 'exact')
    await expect(verification.pane.getByTestId('case-turn')).toHaveAttribute('data-turn', decision === 'approved' ? 'first' : 'second')
    await verification.pane.getByTestId('case-reason').fill('Account and amount agree.')
    await verification.confirm()
    await expect(verification.decision.first()).toHaveAttribute('data-decision', decision)
    if (decision === 'approved') await expect(verification.pane.getByTestId('case-turn')).toHaveAttribute('data-turn', 'was-first')
    await expect(desk.page.getByTestId('sync-state')).toHaveAttribute('data-unsent', '0')
    await desk.close()
  }
  const api = await ApiClient.signIn(firm.url, people.advisor)
  const claim = must(
    (await api.list('outcomeClaims')).find((candidate) => candidate.id === claimId),
    'the claim',
  )
  expect(claim).toMatchObject({ state: 'confirmed', confirmedMinor: 1_200_000_000 })
})

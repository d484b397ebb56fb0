/** Hostile texts in every free-text field, shown by every view: nothing runs, nothing leaves, nothing breaks. */
import { v7 as newId } from 'uuid'
import { cleanLine, cleanNote } from '../../../renderer/commands/clean-text.ts'
import { must } from '../../../shared/lib/must.ts'
import { ApiClient } from '../../support/api-client.ts'
import { expect, type Firm, test } from '../../support/fixtures.ts'
import { framePage, type ScreenName } from '../../support/pages/frame-page.ts'
import { householdPage } from '../../support/pages/household-page.ts'
import { sessionPage } from '../../support/pages/session-page.ts'
import { verificationPage } from '../../support/pages/verification-page.ts'
import { people } from '../../support/people.ts'
import type { RapportApp } from '../../support/rapport-app.ts'
import { findStage } from '../../support/stage.ts'
import { hostileTexts } from '../../walls/hostile-texts.ts'
import { openSinks } from '../../walls/sinks.ts'

const TITLES_A_CONTACT = 20

/** As the app's own forms clean them; what is then too long or empty is none a person could save. */
const asLine = (text: string) => cleanLine(text).slice(0, 200).normalize('NFC').trim() || '?'

/** Every text as title and note of a follow-up and in the note of a contact; all kinds as subject and place. Answers the household's name and the claim. */
async function writeAll(firm: Firm, texts: readonly string[]): Promise<{ readonly name: string; readonly claimId: string }> {
  const { household, account } = await findStage(firm.url)
  const advisor = await ApiClient.signIn(firm.url, people.advisor)
  const dueOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const claim = { id: newId(), kind: 'pledge' as const, claimedMinor: 200_000_000, currency: 'EUR', expectedOn: dueOn }
  for (let from = 0; from < texts.length; from += TITLES_A_CONTACT) {
    const some = texts.slice(from, from + TITLES_A_CONTACT)
    const outcome = await advisor.run('contact/log', {
      id: newId(),
      householdId: household.id,
      channel: 'phone',
      direction: 'inbound',
      occurredAtMs: Date.now() - 60_000 - from,
      zone: 'UTC',
      lengthMinutes: 5,
      place: asLine(must(some[1] ?? some[0], 'text')),
      personIds: [],
      colleagueIds: [advisor.me.id],
      isReached: true,
      purpose: 'service',
      subject: asLine(must(some[0], 'text')),
      note: cleanNote(some.join('\n')).slice(0, 19_000).normalize('NFC').trim(),
      initiativeId: null,
      isConfidential: false,
      followUps: some.map((text) => ({
        id: newId(),
        title: asLine(text),
        note: cleanNote(text).slice(0, 19_000).normalize('NFC'),
        dueOn,
        remindAtMs: null,
        zone: 'UTC',
        assigneeId: advisor.me.id,
      })),
      claims:
        from > 0
          ? []
          : [
              {
                ...claim,
                accountId: account.id,
                creditSplit: [{ colleagueId: advisor.me.id, shareBp: 10_000 }],
                note: cleanNote(texts.slice(-TITLES_A_CONTACT).join('\n')).slice(0, 1_900).normalize('NFC').trim(),
              },
            ],
    })
    expect(outcome, JSON.stringify(some)).toMatchObject({ status: 'applied' })
  }
  const name = '<img src=x onerror=evil()>"\'><svg/onload=evil()>{{evil()}}'
  const wide = `${'W'.repeat(150)}<b>`
  for (const outcome of [
    await advisor.run('account/edit', { id: account.id, edits: { name: { from: account.name, to: wide } } }),
    await advisor.run('person/add', { id: newId(), name, memberships: [{ householdId: household.id, role: 'other' }], birthOn: null, email: null, phone: '<svg/onload=evil()>' }),
    await advisor.run('household/edit', { id: household.id, edits: { name: { from: household.name, to: name }, city: { from: household.city, to: '<script>evil()</script>' } } }),
  ])
    expect(outcome).toMatchObject({ status: 'applied' })
  return { name, claimId: claim.id }
}

/** Counts what a script of the texts would do, from before the first row is shown. */
const arm = (app: RapportApp) =>
  app.page.evaluate(() => {
    const evil: string[] = []
    const note = (what: string) => () => void evil.push(what)
    Object.assign(globalThis, { evil: Object.assign(note('evil'), { calls: evil }), alert: note('alert'), confirm: note('confirm'), prompt: note('prompt') })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => evil.push(effectiveDirective))
  })

/**
 * Scrolls through what the view can scroll, so that every row is drawn once; where all of `texts` should be, what a busy machine drew too late is
 * sought again, more slowly. Answers whether it is wider than the window, and which of `texts` it did not show.
 */
const walk = (app: RapportApp, texts: readonly string[], showsAll: boolean) =>
  app.page.evaluate(
    async ({ sought, showsAll }) => {
      const unseen = new Set(sought)
      let last = ''
      const note = () => {
        const shown = document.querySelector('main')?.textContent ?? ''
        if (shown === last) return
        last = shown
        for (const text of unseen) if (shown.includes(text)) unseen.delete(text)
      }
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const scrollThrough = async (view: HTMLElement, frames: number) => {
        view.scrollTop = 0
        for (let step = 0; step < 90; step++) {
          for (let drawn = 0; drawn < frames; drawn++) await frame()
          note()
          if (view.scrollTop + view.clientHeight >= view.scrollHeight - 1) return
          view.scrollTop += view.clientHeight * 0.8
        }
      }
      note()
      for (const frames of showsAll ? [2, 6, 20] : [2]) {
        const scrollable = [...document.querySelectorAll<HTMLElement>('main, main *')].filter(
          ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 40 && clientHeight > 200,
        )
        for (const view of scrollable) await scrollThrough(view, frames)
        if (unseen.size === 0) break
      }
      const { scrollWidth, clientWidth } = document.documentElement
      const main = document.querySelector('main')
      return {
        isTooWide: scrollWidth > clientWidth || (main !== null && main.scrollWidth > main.clientWidth + 1),
        foreign: document.querySelectorAll('main script, main iframe, main object, main embed, main [onerror], main [onload], main img[src="x"]').length,
        unseen: [...unseen],
      }
    },
    { sought: texts, showsAll },
  )

/** Walks one person's screens. `more` = what has to be opened first, seen last. */
async function inspect(app: RapportApp, texts: readonly string[], screens: readonly ScreenName[], more: Readonly<Record<string, () => Promise<void>>>) {
  const wide: string[] = []
  const shown: Record<string, number> = {}
  const missing: Record<string, readonly string[]> = {}
  const look = async (view: string) => {
    const { isTooWide, foreign, unseen } = await walk(app, texts, view === 'follow-ups')
    shown[view] = texts.length - unseen.length
    missing[view] = unseen
    if (isTooWide) wide.push(view)
    expect(foreign, `elements of the texts in ${view}`).toBe(0)
  }
  for (const screen of screens) {
    await framePage(app).goTo(screen)
    await app.page.waitForTimeout(300)
    await look(screen)
  }
  for (const [view, open] of Object.entries(more)) {
    await open()
    await look(view)
  }
  const calls = await app.page.evaluate(() => (globalThis as unknown as { evil: { calls: string[] } }).evil.calls)
  expect(calls, 'scripts that ran, or that the policy had to stop').toEqual([])
  return { wide, shown, missing }
}

test('788 and more hostile texts run nothing, load nothing and break no view', async ({ firm }) => {
  test.setTimeout(240_000)
  const sinks = await openSinks()
  try {
    const texts = hostileTexts(sinks.ports.http)
    expect(texts.length).toBeGreaterThanOrEqual(788)
    const { name, claimId } = await writeAll(firm, texts)
    const enter = async (email: string) => {
      const app = await firm.launch(email)
      await arm(app)
      await sessionPage(app).signIn(email)
      return app
    }
    const advisor = await enter(people.advisor)
    const titles = [...new Set(texts.map(asLine))].filter((title) => title.length > 3) // shorter ones are anywhere
    const entered = await inspect(advisor, titles, ['today', 'follow-ups', 'households', 'log', 'attention', 'settings'], { household: () => householdPage(advisor).open(name) })
    await advisor.close()
    const controller = await enter(people.controller)
    const verification = verificationPage(controller)
    const checked = await inspect(controller, titles, ['verification'], { case: () => verification.openCase(claimId, name), files: () => verification.openFeeds() })
    console.log(`hostile text: ${texts.length} texts, ${titles.length} different titles, shown: ${JSON.stringify({ ...entered.shown, ...checked.shown })}`)
    expect(entered.missing['follow-ups'], 'titles that the list of follow-ups did not show').toEqual([])
    expect(checked.shown['case'], 'texts in the note of the claim').toBeGreaterThan(0)
    expect([...entered.wide, ...checked.wide], 'views wider than the window').toEqual([])
    expect(sinks.hits).toEqual([])
  } finally {
    await sinks.close()
  }
})

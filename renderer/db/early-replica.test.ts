import { expect, test } from 'vitest'
import { aLaptop, openOn } from '../../test/support/replica-fixture.ts'
import { beginEarly, takeEarlyReplica, takeEarlySession } from './early-replica.ts'

test('opens the database of whoever is there and reads what the first screen needs, once', async () => {
  const laptop = aLaptop()
  const before = await openOn(laptop)
  before.close()
  beginEarly()
  const session = await takeEarlySession()
  expect(session).toMatchObject({ ok: true, value: { databaseName: laptop.api.databaseName } })
  expect(takeEarlySession()).toBeNull()
  const early = await takeEarlyReplica(laptop.api.databaseName)
  expect(await early?.core).toMatchObject({ isComplete: true, head: { counter: before.replica.standing.counter } })
  if (early?.opened.ok) early.opened.value.close()
  expect(await takeEarlyReplica(laptop.api.databaseName)).toBeNull()
})

test('what it has read becomes the session without being read again', async () => {
  const laptop = aLaptop()
  const before = await openOn(laptop)
  before.close()
  beginEarly()
  const session = await openOn(laptop)
  expect(session.replica.list('households')).toHaveLength(1)
  session.close()
})

test('leaves no database of another person open, and forgets an answer that main has made old', async () => {
  const laptop = aLaptop()
  beginEarly()
  laptop.api.emit('event:session-changed', {})
  expect(takeEarlySession()).toBeNull()
  expect(await takeEarlyReplica('another')).toBeNull()
  const session = await openOn(laptop)
  expect(session.replica.list('households')).toHaveLength(1)
  session.close()
})

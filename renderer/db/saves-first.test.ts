import { expect, test } from 'vitest'
import { SavesFirst } from './saves-first.ts'

test('who writes for the sync waits until every save has ended, also one that failed', async () => {
  const saves = new SavesFirst()
  const order: string[] = []
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const saving = [saves.during(() => first.promise.then(() => order.push('first'))), saves.during(() => second.promise.finally(() => order.push('second')))]
  const writing = saves.free().then(() => order.push('sync'))
  first.resolve()
  await saving[0]
  second.reject(new Error('full'))
  await Promise.allSettled(saving)
  await writing
  expect(order).toEqual(['first', 'second', 'sync'])
  await saves.free()
})

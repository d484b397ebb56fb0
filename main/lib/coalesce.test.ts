import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { coalesce } from './coalesce.ts'

test('the first call acts at once, those of a burst after it act once together, and the last is not lost', async () => {
  let count = 0
  const call = coalesce(() => count++, 30)
  call()
  expect(count).toBe(1)
  for (let i = 0; i < 5; i++) call()
  expect(count).toBe(1)
  await sleep(100)
  expect(count).toBe(2)
  call()
  expect(count).toBe(3)
})

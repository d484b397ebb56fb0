import { mergeTests } from '@playwright/test'
import { test as firmTest } from './fixtures.ts'
import { test as packedTest } from './packed-app.ts'

/** A server with the sample firm, and the packed app beside it. */
export const test = mergeTests(firmTest, packedTest)
export { expect } from './packed-app.ts'

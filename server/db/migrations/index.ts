import type { Migration } from 'kysely/migration'
import { records } from './0001-records.ts'
import { sync } from './0002-sync.ts'
import { signIn } from './0003-sign-in.ts'
import { rowSecurity } from './0004-row-security.ts'
import { signatures } from './0005-signatures.ts'
import { devices } from './0006-devices.ts'
import { signInPolicies } from './0008-sign-in-policies.ts'
import { scopeOnce } from './0008-the-scope-once.ts'
import { scopeByIndex } from './0009-the-scope-by-index.ts'
import { ownScope } from './0010-a-scope-of-ones-own.ts'
import { accountEntries } from './0010-account-entries.ts'
import { restoredAt } from './0012-restored-at.ts'

/** Every step in order. A shipped step never changes; what comes later gets the next number. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-records': records,
  '0002-sync': sync,
  '0003-sign-in': signIn,
  '0004-row-security': rowSecurity,
  '0005-signatures': signatures,
  '0006-devices': devices,
  '0008-sign-in-policies': signInPolicies,
  '0008-the-scope-once': scopeOnce,
  '0009-the-scope-by-index': scopeByIndex,
  '0010-a-scope-of-ones-own': ownScope,
  '0010-account-entries': accountEntries,
  '0012-restored-at': restoredAt,
}

import { aColleague } from '../sync/small-server.ts'
import type { SessionRecord } from './session-record.ts'

/** What a vault of a test keeps of its session. */
export const aSession: SessionRecord = {
  serverUrl: 'https://rapport.example',
  email: aColleague.email,
  deviceId: '00000000-0000-7000-8000-0000000000dd',
  refreshToken: 'refresh-token-one',
  colleague: aColleague,
  firmName: 'Test firm',
  registeredLastN: 3,
  epoch: null,
  lastContactAtMs: 0,
  lastUsedAtMs: 0,
  knownTraceMs: 0,
  leaseMs: 1,
  wipeCommitment: null,
  signInKind: 'passphrase',
  hasOwnPassphrase: false,
  recoveryKey: null,
}

import { v7 as newId } from 'uuid'
import type { IpcChannel } from '../../shared/ipc/ipc-contract.ts'

/** Channels that end the session or ask about a passphrase: a stray valid message would end the attack on the others. */
const ENDING: ReadonlySet<IpcChannel> = new Set(['session:lock', 'session:sign-out', 'session:sign-in', 'session:unlock', 'session:change-passphrase'])
export const isEnding = (channel: IpcChannel): boolean => ENDING.has(channel)

/** One request of each channel's schema. A new channel does not compile until it is here, and so attacked. */
export const requestsOf: { readonly [C in IpcChannel]: unknown } = {
  'session:get': {},
  'session:sign-in': { email: 'evil@rapport.example', passphrase: 'x' },
  'session:methods': {},
  'session:oidc-sign-in': {},
  'session:oidc-complete': { passphrase: 'x' },
  'session:oidc-cancel': {},
  'session:unlock': { passphrase: 'x' },
  'session:change-passphrase': { present: 'x', next: 'the page chooses a passphrase' },
  'recovery:get': {},
  'recovery:confirm': { present: 'x', firstHalf: '0000 0000 0000', secondHalf: '0000 0000 0000' },
  'session:lock': {},
  'session:sign-out': { discardUnsent: false },
  'outbox:append': { commands: [{ id: newId(), name: 'household/edit', version: 1, args: { id: newId(), edits: {} }, madeAtMs: 1_767_225_600_000 }] },
  'outbox:hold': { command: { id: newId(), name: 'household/edit', version: 1, args: { id: newId(), edits: {} }, madeAtMs: 1_767_225_600_000 } },
  'outbox:decide': { id: newId(), isStored: false },
  'outbox:list': {},
  'outbox:settle': { throughN: 5 },
  'outbox:discard': { id: newId() },
  'devices:list': {},
  'devices:revoke': { deviceId: newId() },
  'sync:status': {},
  'sync:now': {},
  'sync:pull': { cursor: null, scopeHash: null, sinceN: 0 },
  'sync:snapshot': { householdIds: [newId()], after: null },
  'file:stage': { name: 'statement.xml', bytes: [1, 2, 3] },
  'file:save-text': { suggestedName: '../../evil.txt', text: 'x' },
  'reminders:set': { reminders: [{ followUpId: newId(), atMs: 4_000_000_000_000, title: 'x', body: 'y' }] },
  'settings:get': {},
  'settings:set': { theme: 'dark', serverUrl: 'https://evil.example' },
  'app:about': {},
  'app:report-violation': { what: 'script-src' },
}

import type { Bench } from './harness/bench.ts'

/** Every bench; `npm run bench -- NAME` runs one. */
export const benches: readonly Bench[] = [
  { name: 'wire', about: 'bytes on the wire for each entry, pulled and pushed', load: () => import('./benches/wire.ts') },
  { name: 'growth', about: 'the price of a pull, a sign-in and a household as the firm grows to 1 M entries', load: () => import('./benches/growth.ts') },
  { name: 'push', about: 'commands written offline, sent at once, and by eight devices side by side', load: () => import('./benches/push.ts') },
  { name: 'pull', about: 'the first fetch of 100,000 entries by an empty laptop, in real Electron', load: () => import('./benches/pull.ts') },
  { name: 'live', about: 'from an edit on one laptop to the screen of another, in real Electron', load: () => import('./benches/live.ts') },
  { name: 'office', about: '500 devices on one server: a morning burst, then a long quiet', usualScale: 0.1, load: () => import('./benches/office.ts') },
  { name: 'memory-server', about: 'what the server holds in memory with a million entries', load: () => import('./benches/memory-server.ts') },
  { name: 'start', about: 'window to Today with 100,000 entries on the laptop', load: () => import('./benches/start.ts') },
  { name: 'unlock', about: 'passphrase to usable with 5,000 rows on the laptop, and lock to window gone', load: () => import('./benches/unlock.ts') },
  { name: 'entry', about: 'Enter to durable and visible with 100,000 entries on the laptop', load: () => import('./benches/entry.ts') },
  { name: 'search', about: 'keystroke to hits over 100,000 entries', load: () => import('./benches/search.ts') },
  { name: 'memory-app', about: 'what the app holds in memory with 100,000 entries', load: () => import('./benches/memory-app.ts') },
]

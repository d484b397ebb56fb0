/** The page of the plain way: pages of rows from main, as they are, into Dexie with five indexes. */
import Dexie from 'dexie'

declare const require: (name: 'electron') => { ipcRenderer: { invoke(channel: string, ...values: unknown[]): Promise<unknown> } }
const { ipcRenderer } = require('electron')

async function pull(): Promise<void> {
  const db = new Dexie('plain')
  db.version(1).stores({ entries: 'id, householdId, authorId, occurredAtMs, initiativeId, state' })
  const startedMs = performance.now()
  for (let i = 0; ; i++) {
    const rows = (await ipcRenderer.invoke('page', i)) as readonly object[]
    if (rows.length === 0) break
    await db.table('entries').bulkPut(rows)
  }
  const ms = performance.now() - startedMs
  await ipcRenderer.invoke('done', ms, await db.table('entries').count())
}

void pull()

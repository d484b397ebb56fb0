import { app, type BrowserWindow } from 'electron'
import { type Texts, writeCount } from '../i18n/texts.ts'
import { askPerson } from './ask-person.ts'

export interface QuitGuardDeps {
  readonly unsentCount: () => number
  readonly texts: () => Texts
  readonly window: () => BrowserWindow | undefined
  readonly isAskedWhenUnsent: boolean
  /** Closes files and forgets keys; windows may close from here on. */
  readonly shutDown: () => Promise<void>
}

/** Quitting asks first where something is unsent, then waits until everything is closed. */
export function guardQuit(deps: QuitGuardDeps): void {
  let stage: 'running' | 'closing' | 'closed' = 'running'
  let isEndedFromOutside = false
  const closeAndQuit = async () => {
    if (deps.isAskedWhenUnsent && !isEndedFromOutside && deps.unsentCount() > 0 && !(await isQuitWanted(deps))) {
      stage = 'running'
      return
    }
    try {
      await deps.shutDown()
    } finally {
      stage = 'closed' // an app that cannot close its files must still be able to go
      app.quit()
    }
  }
  // Logging out, or Ctrl C under `npm start`: nobody is there to answer, and what takes long is killed. Unsent work is on the disk.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      isEndedFromOutside = true
      app.quit()
    })
  }
  app.on('before-quit', (event) => {
    if (stage === 'closed') return
    event.preventDefault()
    if (stage === 'running') {
      stage = 'closing'
      void closeAndQuit()
    }
  })
}

async function isQuitWanted({ texts, unsentCount, window }: QuitGuardDeps): Promise<boolean> {
  const words = texts()
  const { unsentTitle, unsentOne, unsentMany, unsentDetail, quitAnyway, stay } = words
  const count = unsentCount()
  const message = count === 1 ? unsentOne : writeCount(words, unsentMany, count)
  return askPerson(window(), { title: unsentTitle, message, detail: unsentDetail, goOn: quitAnyway, stay })
}

import { makeRecoveryPair } from '../../main/vault/recovery-wrap.ts'
import type { Firm } from './fixtures.ts'
import { sessionPage } from './pages/session-page.ts'
import { people } from './people.ts'
import type { RapportApp } from './rapport-app.ts'

/** An advisor's laptop, open at a server that offers another recovery key than the one to which the laptop is sealed. */
export interface AtOtherKey {
  readonly laptop: RapportApp
  readonly sealedTo: string // base64, as RAPPORT_RECOVERY_KEY
  readonly offered: string
}

const newKey = (): string => makeRecoveryPair().publicKey.toString('base64')

/** Signs in while the server has one key, and opens the laptop again when it has another. */
export async function openAtOtherKey(firm: Firm): Promise<AtOtherKey> {
  const [sealedTo, offered] = [newKey(), newKey()]
  await firm.stopServer()
  await firm.startServer({ RAPPORT_RECOVERY_KEY: sealedTo })
  const before = await firm.launch('advisor')
  await sessionPage(before).signIn(people.advisor)
  await before.close()
  await firm.stopServer()
  await firm.startServer({ RAPPORT_RECOVERY_KEY: offered })
  const laptop = await firm.launch('advisor')
  await sessionPage(laptop).unlock()
  return { laptop, sealedTo, offered }
}

/** Stands for the person at main's dialogs: the answers in their order, as the numbers of the buttons; 0 where none is left. */
export const answerDialogs = ({ electron }: RapportApp, answers: readonly number[]): Promise<void> =>
  electron.evaluate(({ dialog }, given) => {
    const left = [...given]
    dialog.showMessageBox = (async () => ({ response: left.shift() ?? 0, checkboxChecked: false })) as typeof dialog.showMessageBox
  }, answers)

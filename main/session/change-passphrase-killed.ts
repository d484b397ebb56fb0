/** For tests: changes a vault's passphrase and is killed at the instant it was told (its number, in the order of reaching). */
import { must } from '../../shared/lib/must.ts'
import { openVault } from '../vault/vault.ts'

const [folder = '', killAt = '0'] = process.argv.slice(2)
let reached = 0
Object.assign(globalThis, {
  rapportFaultPoint: () => {
    if (++reached === Number(killAt)) process.kill(process.pid, 'SIGKILL')
  },
})
const opened = await openVault(folder, 'the old passphrase', undefined)
const vault = must(opened.ok ? opened.value : undefined, 'vault')
process.stdout.write('opened\n')
await vault.changePassphrase('the new passphrase', undefined)
await vault.close()
process.stdout.write(`changed ${reached}\n`)

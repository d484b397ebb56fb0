import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { familyOf, readOfProcess } from '../../../test/support/processes.ts'
import { startEmbedded } from './start-embedded.ts'

/** Environments of the database's own process and all that it has started. */
function environmentsOf(dataDir: string): readonly string[] {
  const pid = Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0])
  return familyOf(pid).map((of) => readOfProcess(of, 'environ'))
}

test.skipIf(process.platform !== 'linux')(
  'the database is not told the secrets that the server was started with',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rapport-environment-'))
    const secrets = { RAPPORT_BACKUP_PASSPHRASE: 'known to nobody else', RAPPORT_OIDC_CLIENT_SECRET: 'known to two' }
    Object.assign(process.env, secrets)
    const postgres = await startEmbedded(dataDir, { fsync: 'off' })
    try {
      const environments = environmentsOf(dataDir)
      expect(environments.length).toBeGreaterThan(3)
      expect(environments.filter((text) => text.includes('known to'))).toEqual([])
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name]
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
  120_000,
)

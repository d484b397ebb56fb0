import type { BackupManifest } from './backup-record.ts'

export const describeManifest = ({ takenAtMs, auditN, auditHash, migrations }: BackupManifest): string =>
  `taken ${new Date(takenAtMs).toISOString()}, schema ${migrations.at(-1)}, trail of ${auditN} entries, head ${auditHash.slice(0, 16)}…`

/** Runs a command; a failure is told in one line, with exit code 1. */
export async function endWithMessage(command: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    process.stderr.write(`${command}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

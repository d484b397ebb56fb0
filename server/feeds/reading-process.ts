/** The process that reads one statement file, answers and ends; started by read-apart.ts, which sends the bytes and nothing else. */
import { readStatementFile } from './read-statement-file.ts'

process.once('message', (bytes: Uint8Array) => {
  process.send?.(readStatementFile(bytes), () => process.disconnect())
})

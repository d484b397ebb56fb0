/**
 * `npm run audit:verify -- --export FILE [--witness FILE] [--heads FILE]… [--server-key KEY]… [--accept-key KEY]…`: proves an export with
 * nothing else: no database, no server. Exit code 1 and the first bad entry where it does not hold.
 *   --witness     the server's witness file; its lines have to be signed by the server's key
 *   --heads       heads that a client exported; may come several times
 *   --server-key  the key that the server must have, as you noted it elsewhere
 *   --accept-key  a key that the server may have changed to, after its data folder was lost
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { KeptHead } from './export-format.ts'
import { linesOf } from './export-lines.ts'
import { readHeads, readWitness } from './read-heads.ts'
import { ExportProof, type Verdict } from './verify-export.ts'

const pathOf = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path)

function readOptions() {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const
  const { values } = parseArgs({ options: { export: { type: 'string' }, witness: many, heads: many, 'server-key': { type: 'string' }, 'accept-key': many } })
  if (!values.export) throw new Error('Usage: npm run audit:verify -- --export FILE [--witness FILE] [--heads FILE]… [--server-key KEY] [--accept-key KEY]…')
  const witnesses = values.witness.map((path) => readWitness(pathOf(path)))
  const kept = values.heads.map((path) => readHeads(pathOf(path)))
  const empty = values.witness.find((_path, i) => witnesses[i]?.heads.length === 0) ?? values.heads.find((_path, i) => kept[i]?.length === 0)
  if (empty !== undefined) throw new Error(`${empty} holds no head: nothing would be compared.`)
  const heads: readonly KeptHead[] = [...witnesses.flatMap((w) => w.heads), ...kept.flat()]
  const witnessKeys = new Set(witnesses.flatMap((w) => [...w.keys]))
  return { path: pathOf(values.export), heads, witnessKeys, serverKey: values['server-key'], acceptedKeys: values['accept-key'] }
}

async function verify(path: string, proof: ExportProof): Promise<Verdict> {
  for await (const line of linesOf(path)) proof.takeLine(line)
  return proof.finish()
}

function refuseFindings(verdict: Verdict): void {
  const [first] = verdict.findings
  if (first) {
    const more = verdict.findings.length > 1 ? ` ${verdict.findings.length - 1} more findings follow from it or stand beside it.` : ''
    throw new Error(`The trail does not hold${first.n === null ? '' : ` at entry ${first.n}`}: ${first.problem}, ${first.detail}.${more}`)
  }
}

function tell(verdict: Verdict): void {
  const lost = verdict.headsLost > 0 ? ` ${verdict.headsLost} of them are of work that an announced restore has lost.` : ''
  console.log(`The trail holds: ${verdict.entries} entries, head ${verdict.head?.hash}, server key ${verdict.serverKey}.`)
  console.log(
    verdict.headsChecked === 0 ? 'No head that was kept elsewhere was compared: a complete rewrite would not show.' : `${verdict.headsChecked} heads kept elsewhere agree.${lost}`,
  )
}

try {
  const { path, heads, witnessKeys, serverKey, acceptedKeys } = readOptions()
  const verdict = await verify(path, new ExportProof({ heads, acceptedKeys }))
  refuseFindings(verdict)
  if (verdict.serverKey === null) throw new Error('The trail does not hold: it names no key of the server.')
  if (serverKey !== undefined && serverKey !== verdict.serverKey) throw new Error(`The trail does not hold: the server's key is ${verdict.serverKey}.`)
  const stranger = [...witnessKeys].find((key) => key !== verdict.serverKey && !acceptedKeys.includes(key))
  if (stranger !== undefined) throw new Error(`The witness file is signed by another key than the server's: ${stranger}.`)
  tell(verdict)
} catch (error) {
  process.stderr.write(`audit:verify: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

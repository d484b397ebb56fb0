import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { isSignedBy, sha256Hex } from '../ed25519.ts'
import { bodyHashOf, SERVER_DEVICE_ID } from '../entry-hash.ts'
import { EntryProof } from './entry-proof.ts'
import type { Entry, ExportCounts, ExportDevice, ExportHead, ExportLog, ExportRecord, Finding, KeptHead } from './export-format.ts'
import { recordOf } from './export-lines.ts'
import { FileProof } from './file-proof.ts'
import { HeadProof } from './head-proof.ts'
import { PeopleProof } from './people-proof.ts'
import { RowProof } from './row-proof.ts'

export interface Verdict {
  readonly findings: readonly Finding[] // the first bad entry first; empty = everything holds
  readonly entries: number
  readonly head: ExportHead | null
  readonly serverKey: string | null
  readonly headsChecked: number
  readonly headsLost: number // of epochs that ended in an announced restore
}

export interface ProofOptions {
  readonly heads?: readonly KeptHead[]
  readonly acceptedKeys?: readonly string[] // that may follow the server's first key
  readonly isSignedBy?: typeof isSignedBy
}

/** Entries beyond this many findings are not looked at: the first one is what matters. */
const MOST_FINDINGS = 100
const ORDER = ['head', 'entry', 'device', 'log', 'row', 'file', 'end'] as const
/** What a record has, and nothing beside it: who reads the file with another program would take it for the firm's. */
const MEMBERS: Readonly<Record<ExportRecord['kind'], string>> = {
  head: 'kind,head',
  entry: 'kind,entry',
  device: 'kind,device',
  log: 'kind,log',
  row: 'kind,table,row',
  file: 'kind,file',
  end: 'kind,counts',
}
const HEAD_MEMBERS = 'format,takenAtMs,size,hash,epoch'

/** Checks an export record by record, needing nothing but it and heads that others kept. */
export class ExportProof {
  readonly #entries: EntryProof
  readonly #rows = new RowProof()
  readonly #people = new PeopleProof()
  readonly #files = new FileProof()
  readonly #heads: HeadProof
  readonly #headCount: number
  readonly #findings: Finding[] = []
  readonly #logs = new Map<string, { readonly n: number; readonly hash: string }>() // what the trail says that command_log has
  readonly #unseenDevices = new Set<string>()
  readonly #counts = { entry: 0, device: 0, log: 0, row: 0, file: 0 }
  readonly #reportAt = (n: number | null, problem: string, detail: string): void => {
    this.#lowestN = Math.min(this.#lowestN, n ?? Number.MAX_SAFE_INTEGER)
    if (this.#findings.length < MOST_FINDINGS || n === this.#lowestN) this.#findings.push({ n, problem, detail })
  }
  #head: ExportHead | null = null
  #lowestN = Number.MAX_SAFE_INTEGER
  #lines = 0
  #stage = 0
  #hasEnd = false

  constructor({ heads = [], acceptedKeys = [], isSignedBy: check = isSignedBy }: ProofOptions = {}) {
    this.#entries = new EntryProof(acceptedKeys, check)
    this.#heads = new HeadProof(heads)
    this.#headCount = heads.length
  }

  /** A line of the file. One that no export writes is a finding where it stands, whatever is in it. */
  takeLine(line: string): void {
    this.#lines += 1
    const record = recordOf(line)
    const isTaken = record !== null && this.#tryTake(record)
    if (!isTaken) this.#reportAt(this.#stage <= ORDER.indexOf('entry') ? this.#entries.last.n + 1 : null, 'bad-export', `line ${this.#lines} is none that an export writes`)
  }

  #tryTake(record: ExportRecord): boolean {
    try {
      this.take(record)
      return true
    } catch {
      return false // a field is missing, or is something else than it has to be
    }
  }

  take(record: ExportRecord): void {
    const stage = ORDER.indexOf(record.kind)
    if (stage === -1 || Object.keys(record).join() !== MEMBERS[record.kind]) throw new Error('no record of an export')
    if (stage < this.#stage || this.#hasEnd) this.#reportAt(null, 'bad-export', 'its parts are not in order')
    this.#stage = stage
    if (record.kind !== 'head' && record.kind !== 'end') this.#counts[record.kind] += 1
    if (record.kind === 'head') this.#takeHead(record.head)
    else if (record.kind === 'entry') this.#takeEntry(record.entry)
    else if (record.kind === 'device') this.#takeDevice(record.device)
    else if (record.kind === 'log') this.#takeLog(record.log)
    else if (record.kind === 'row') this.#rows.check(record.table, record.row, this.#reportAt)
    else if (record.kind === 'file') this.#files.check(record.file, this.#reportAt)
    else this.#end(record.counts)
  }

  #takeHead(head: ExportHead): void {
    if (this.#head || head.format !== 2 || Object.keys(head).join() !== HEAD_MEMBERS) this.#reportAt(null, 'bad-export', 'its head comes twice, or is of another format')
    this.#head = head
  }

  #takeEntry(entry: Entry): void {
    const report = (problem: string, detail: string): void => this.#reportAt(entry.n, problem, detail)
    this.#entries.check(entry, report)
    this.#people.check(entry, report)
    this.#rows.play(entry, this.#reportAt)
    this.#files.note(entry)
    this.#heads.note(entry.n, entry.hash)
    if (entry.device_id !== SERVER_DEVICE_ID && entry.device_n !== null) this.#logs.set(`${entry.device_id} ${entry.device_n}`, { n: entry.n, hash: hashOf(logOf(entry)) })
    if (entry.name === 'device/register' || entry.name === 'server/key') for (const id of this.#entries.devices.keys()) this.#unseenDevices.add(id)
  }

  #takeDevice({ id, ...device }: ExportDevice): void {
    const proven = this.#entries.devices.get(id)
    if (!this.#unseenDevices.delete(id) && proven) this.#reportAt(null, 'bad-export', `device ${id} is there twice`)
    if (!proven) {
      this.#reportAt(null, 'device-inserted', `device ${id} was never registered`)
      return
    }
    const { colleagueId, name, publicKey, createdAtMs, lastN, hash, revoked } = proven
    const wanted = { colleagueId, name, publicKey, createdAtMs, lastN, chainHash: hash, revokedAtMs: revoked?.atMs ?? null, revokedBy: revoked?.by ?? null }
    if (canonicalJson(device) !== canonicalJson(wanted)) this.#reportAt(null, 'device-edited', `device ${id} is not what the trail says`)
  }

  #takeLog(log: ExportLog): void {
    const key = `${log.device_id} ${log.n}`
    const known = this.#logs.get(key)
    if (!known) {
      this.#reportAt(null, 'log-inserted', `the answer to command ${log.n} of device ${log.device_id} is in no entry`)
      return
    }
    if (known.hash !== hashOf(log)) this.#reportAt(known.n, 'log-edited', 'the stored answer is not what the entry says')
    this.#logs.delete(key)
  }

  #end(counts: ExportCounts): void {
    this.#hasEnd = true
    if (canonicalJson(counts) !== canonicalJson(this.#counts)) this.#reportAt(null, 'bad-export', 'it does not have as many parts as it says')
  }

  finish(): Verdict {
    if (!this.#hasEnd || !this.#head) this.#reportAt(null, 'bad-export', 'it ends too early')
    for (const { n } of this.#logs.values()) this.#reportAt(n, 'log-deleted', 'its stored answer is not there')
    for (const id of this.#unseenDevices) this.#reportAt(null, 'device-deleted', `device ${id} is not there`)
    this.#rows.finish(this.#reportAt)
    this.#files.finish(this.#reportAt)
    const headsLost = this.#head ? this.#heads.finish(this.#head, this.#entries, this.#reportAt) : 0
    const findings = this.#findings.toSorted((a, b) => (a.n ?? Number.MAX_SAFE_INTEGER) - (b.n ?? Number.MAX_SAFE_INTEGER))
    const serverKey = this.#entries.devices.get(SERVER_DEVICE_ID)?.publicKey ?? null
    return { findings, entries: this.#counts.entry, head: this.#head, serverKey, headsChecked: this.#headCount, headsLost }
  }
}

const hashOf = (log: ExportLog): string => sha256Hex(canonicalJson(log))

/** What command_log has to say of an entry. */
function logOf(entry: Entry): ExportLog {
  const { device_id, device_n, command_id, name, version, made_at_ms: madeAtMs, args_hash, outcome, error, seq } = entry
  const body_hash = bodyHashOf({ name, version, argsHash: args_hash ?? '', madeAtMs })
  return { device_id, n: device_n ?? 0, command_id, body_hash, status: outcome, error, seq: seq ?? 0 }
}

export function verifyRecords(records: Iterable<ExportRecord>, options: ProofOptions = {}): Verdict {
  const proof = new ExportProof(options)
  for (const record of records) proof.take(record)
  return proof.finish()
}

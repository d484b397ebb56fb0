import { v7 } from 'uuid'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { NO_HASH, type Signer, signedTextOf } from '../../shared/sync/signing.ts'
import type { Tx } from '../db/open-database.ts'
import type { Head } from '../sync/head.ts'
import { type AuditFacts, chainEntries, writeAudit } from './audit-chain.ts'
import { sha256Hex } from './ed25519.ts'
import { SERVER_DEVICE_ID } from './entry-hash.ts'

export interface ServerDeed {
  readonly name: string // 'setup/…', 'device/…' or 'server/…'
  readonly args: Readonly<Record<string, unknown>>
  readonly changes: readonly RowChange[]
}

/**
 * Adds the server's deeds to the trail, signed by its key; the first one ever is preceded by the key itself. The head has
 * to be taken. @param signer null = a server of the tests: the entry is not signed
 * @returns the head behind the entries, for `moveHead`
 */
export async function addServerEntries(tx: Tx, signer: Signer | null, head: Head, deeds: readonly ServerDeed[], nowMs: number): Promise<Head> {
  const facts = signer ? await signDeeds(tx, signer, head, deeds, nowMs) : deeds.map((deed) => unsigned(deed, head, nowMs))
  const entries = chainEntries({ n: head.auditN, hash: head.auditHash }, facts)
  await writeAudit(tx, entries)
  const last = entries.at(-1)
  return { ...head, auditN: last?.n ?? head.auditN, auditHash: last?.hash ?? head.auditHash }
}

/** The signature covers the rows too: nobody else vouches for what the server does by itself. */
const argsOf = ({ args, changes }: ServerDeed) => (changes.length > 0 ? { ...args, changesSha256: sha256Hex(canonicalJson(changes)) } : args)

function unsigned(deed: ServerDeed, head: Head, nowMs: number): AuditFacts {
  const none = { device_n: null, args_hash: null, signature: null, device_hash: null, left_out: null }
  const said = { name: deed.name, version: 1, args: argsOf(deed), changes: deed.changes, made_at_ms: nowMs, received_at_ms: nowMs, outcome: 'applied', error: null } as const
  return { ...none, ...said, command_id: v7(), device_id: SERVER_DEVICE_ID, actor_id: null, seq: head.seq }
}

async function signDeeds(tx: Tx, signer: Signer, head: Head, deeds: readonly ServerDeed[], nowMs: number): Promise<readonly AuditFacts[]> {
  const known = await tx.selectFrom('device').select(['last_n', 'chain_hash', 'public_key']).where('id', '=', SERVER_DEVICE_ID).executeTakeFirst()
  const isKeyNew = known?.public_key !== signer.publicKey
  const all = isKeyNew ? [{ name: 'server/key', args: { publicKey: signer.publicKey }, changes: [] }, ...deeds] : deeds
  let { n, hash } = { n: known?.last_n ?? 0, hash: known?.chain_hash ?? NO_HASH }
  const facts = all.map((deed): AuditFacts => {
    const fact = unsigned(deed, head, nowMs)
    const { command_id: id, name, version } = fact
    n += 1
    const argsHash = sha256Hex(canonicalJson(fact.args))
    const text = signedTextOf({ deviceId: SERVER_DEVICE_ID, n, id, name, version, argsHash, madeAtMs: nowMs, prevHash: hash })
    hash = sha256Hex(text)
    return { ...fact, device_n: n, args_hash: argsHash, signature: signer.sign(text), device_hash: hash }
  })
  const row = { last_n: n, chain_hash: hash, public_key: signer.publicKey }
  await tx
    .insertInto('device')
    .values({ id: SERVER_DEVICE_ID, colleague_id: null, name: 'Server', created_at_ms: nowMs, revoked_at_ms: null, ...row })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute()
  return facts
}

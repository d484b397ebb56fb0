import { z } from 'zod'
import { defineCommand, type RowReader } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import type { AppError } from '../../../errors/error-codes.ts'
import { ok, type Result } from '../../../lib/result.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { type Account, accountSchema, isIban, sumsToWhole } from '../account.ts'

const { rev: _rev, id: _id, householdId: _householdId, ...editable } = accountSchema.shape

function checkAccount(rows: RowReader, account: Omit<Account, 'rev'>): Result<void, AppError> {
  const isNamed = account.iban === null ? account.custodian !== null && account.number !== null : isIban(account.iban)
  if (!isNamed) return refuse('account/name')
  const isOwned = account.owners.every((o) => rows.find('persons', o.personId)?.memberships.some((m) => m.householdId === account.householdId))
  return isOwned && sumsToWhole(account.owners) ? ok(undefined) : refuse('account/owners')
}

/** A new account of a household; its owners are members, their shares make 100 %. */
export const addAccount = defineCommand({
  name: 'account/add',
  version: 1,
  schema: accountSchema.omit({ rev: true }),
  reads: (args) => [{ table: 'accounts', id: args.id }, { table: 'households', id: args.householdId }, ...args.owners.map((o) => ({ table: 'persons', id: o.personId }) as const)],
  apply(tx, args) {
    if (!tx.find('households', args.householdId)) return refuse('access/not-found')
    if (tx.find('accounts', args.id)) return refuse('conflict/exists')
    const checked = checkAccount(tx, args)
    if (!checked.ok) return checked
    tx.put('accounts', args)
    return ok(undefined)
  },
})

/** Changes an account; closing it is an edit of `closedOn`. */
export const editAccount = defineCommand({
  name: 'account/edit',
  version: 1,
  schema: z.strictObject({ id: idField, edits: editsOf(editable) }),
  reads: (args, rows) => {
    const owners = [...(rows.find('accounts', args.id)?.owners ?? []), ...(args.edits.owners?.to ?? [])]
    return [{ table: 'accounts', id: args.id }, ...owners.map((o) => ({ table: 'persons', id: o.personId }) as const)]
  },
  apply(tx, args) {
    const account = tx.find('accounts', args.id)
    if (!account) return refuse('access/not-found')
    const edited = applyEdits(account, args.edits)
    if (!edited.ok) return edited
    const checked = checkAccount(tx, edited.value)
    if (!checked.ok) return checked
    tx.put('accounts', edited.value)
    return ok(undefined)
  },
})

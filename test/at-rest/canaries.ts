import { randomBytes } from 'node:crypto'

/** Every place where a person types something that is theirs or a client's. */
export const canaryKinds = [
  ...['householdName', 'householdCity', 'quietReason', 'personName', 'personEmail', 'personPhone', 'accountName', 'accountCustodian', 'accountNumber'],
  ...['entrySubject', 'entryNote', 'entryPlace', 'entryFollowUp', 'entryFollowUpNote', 'claimNote', 'amendedSubject', 'amendReason', 'voidReason', 'withdrawReason'],
  ...['returnQuestion', 'rejectReason', 'initiativeName', 'initiativePlace', 'addedFollowUp', 'addedFollowUpNote'],
  ...['typedSubject', 'typedNote', 'typedFollowUp', 'offlineSubject', 'offlineNote', 'draftSubject', 'draftNote'],
  ...['refusedTitle', 'refusedNote', 'stagedLetter', 'payerName', 'remittance', 'statementFile', 'controllerReason'],
  'typedPlace',
] as const
export type CanaryKind = (typeof canaryKinds)[number]
export type Canaries = Readonly<Record<string, string>>

/** A text for each kind that occurs nowhere else, of every third one with letters that a string of one byte cannot hold. */
export function makeCanaries(): Canaries {
  return Object.fromEntries(canaryKinds.map((kind, i) => [kind, textOf(kind, i)]))
}

function textOf(kind: string, i: number): string {
  const mark = randomBytes(5).toString('hex')
  if (kind === 'personEmail') return `q${mark}@canary.example`
  if (kind === 'personPhone') return `+36 1 ${mark}`
  if (kind === 'payerName' || kind === 'remittance' || kind === 'statementFile') return `Qx${mark}Canary`
  return i % 3 === 0 ? `Qőz ${mark} Ünnep` : `Qx${mark} Canary`
}

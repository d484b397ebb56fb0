/** What stands behind a code. The text for people is in the translations under `error.<code>`. */
export interface ErrorEntry {
  readonly cause: string
  readonly remedy: string
  readonly log: 'debug' | 'info' | 'warn' | 'error'
  readonly retry: 'never' | 'back-off' | 'after-login'
}

const refusal = (cause: string, remedy: string): ErrorEntry => ({ cause, remedy, log: 'info', retry: 'never' })
const transient = (cause: string, remedy: string): ErrorEntry => ({ cause, remedy, log: 'warn', retry: 'back-off' })
const signIn = (cause: string, remedy: string): ErrorEntry => ({ cause, remedy, log: 'info', retry: 'after-login' })
const defect = (cause: string, remedy: string): ErrorEntry => ({ cause, remedy, log: 'error', retry: 'never' })

/** Every error a person or a client program can meet. */
export const errorCatalog = {
  'app/bug': defect('Something failed that should not have', 'Try again; report it with the code and time'),
  'app/ipc-malformed': defect('A request between the app’s processes had the wrong form', 'Report it'),
  'app/ipc-untrusted': defect('A request came from a frame that is not the app’s', 'Report it'),

  'request/malformed': refusal('The request does not fit its schema', 'Correct the named field'),
  'request/not-found': refusal('There is no such address', 'See /openapi.json'),
  'request/too-large': refusal('The request is larger than allowed', 'Send fewer commands or a smaller file'),
  'request/too-many': transient('Too many requests in a short time', 'Wait as long as Retry-After says'),
  'server/unavailable': transient('The server or its database is not ready', 'Nothing is lost; it is tried again'),

  'server/history-differs': {
    cause: 'The server’s audit trail is shorter than its witness file says, or another one; it takes no changes until somebody has looked',
    remedy: 'Nothing is lost, work stays on the laptop; an administrator compares database and witness, or announces a restore with begin-epoch',
    log: 'error',
    retry: 'back-off',
  },

  'session/wrong-credentials': refusal('E-mail or passphrase is wrong', 'Type them again'),
  'session/locked-out': transient('Too many wrong passphrases', 'Wait a few minutes'),
  'session/inactive': refusal('This person’s access has ended', 'Ask an administrator'),
  'session/expired': signIn('The session has ended', 'Sign in again'),
  'session/step-up-needed': signIn('This needs a sign-in of the last 15 minutes', 'Sign in again, then repeat it'),
  'session/device-taken': refusal('This device is registered to someone else', 'Sign out on this laptop first'),
  'session/device-revoked': signIn('This device was revoked', 'Ask an administrator'),
  'session/not-open': refusal('Nobody is signed in, or the app is locked', 'Sign in or unlock'),
  'session/wrong-passphrase': refusal('The passphrase does not open this laptop’s data', 'Type it again'),
  'session/keys-erased': refusal('Ten wrong passphrases: the keys on this laptop were erased', 'Sign in again while online; the firm’s recovery key brings back unsent work'),
  'session/no-vault': refusal('Nobody has signed in on this laptop yet', 'Sign in while online'),
  'session/keychain-missing': refusal('The operating system’s keychain no longer holds this laptop’s part of the key', 'Unlock the keychain, or sign in anew while online'),
  'session/lease-over': signIn('This laptop was away from the server for too long, or its clock was set back', 'Connect to the server, then unlock again; nothing is lost'),
  'session/oidc-off': refusal('This server has no identity provider', 'Sign in with e-mail and passphrase'),
  'session/oidc-unreachable': transient('The office’s identity provider cannot be reached', 'Try again in a moment'),
  'session/oidc-refused': refusal('The identity provider’s answer was refused', 'Begin the sign-in again'),
  'session/oidc-unknown-person': refusal('The identity provider’s account belongs to no colleague here', 'Ask an administrator'),
  'session/oidc-given-up': refusal('Nobody finished the sign-in in the browser', 'Begin the sign-in again'),
  'session/weak-passphrase': refusal('The passphrase is too short', 'Choose one of at least 15 characters'),
  'session/account-passphrase-needed': {
    cause: 'The session is over, and this laptop has a passphrase of its own, which the server does not know',
    remedy: 'Type the passphrase of the account as well',
    log: 'info',
    retry: 'never',
  },
  'session/unsent-work': refusal('Something on this laptop is not sent yet', 'Go online and wait, or discard it'),

  'recovery/key-changed': {
    cause: 'The server offers another recovery key of the firm than the one to which this laptop’s keys are sealed',
    remedy: 'Nothing is sealed to it; ask the two people who keep the firm’s key, then confirm it in the settings',
    log: 'warn',
    retry: 'never',
  },
  'recovery/other-fingerprint': refusal('What was typed is not the fingerprint of the key that the server offers', 'Ask both people again; if it stays, report it'),

  'sync/offline': transient('The server cannot be reached', 'Work on; it is sent when the connection is back'),
  'sync/client-too-old': { cause: 'The server no longer understands this version', remedy: 'Update the app; unsent work is kept', log: 'warn', retry: 'never' },
  'sync/gap': defect('The server is missing an earlier command of this device', 'The device sends from the missing one on'),
  'sync/reused-id': defect('A command’s id or number came back with another content', 'Report it'),
  'sync/bad-signature': defect('A command’s signature does not fit its device’s key or chain', 'The device signs again from the server’s last command; if it stays, report it'),

  'sync/history-changed': {
    cause: 'The server’s history does not contain what this laptop saw of it before',
    remedy: 'Work on, nothing of yours is lost; tell compliance, and hand them the history marks of this laptop',
    log: 'error',
    retry: 'never',
  },

  'storage/write-failed': {
    cause: 'The disk refused to write (full or failing)',
    remedy: 'Free some space, then save again; nothing was marked as saved',
    log: 'error',
    retry: 'never',
  },
  'storage/journal-damaged': {
    cause: 'The journal of unsent work is damaged in the middle',
    remedy: 'What was readable is kept; do not sign out, report it',
    log: 'error',
    retry: 'never',
  },

  'storage/vault-damaged': {
    cause: 'The file with this laptop’s wrapped keys is damaged or was changed',
    remedy: 'Sign in anew while online; the old files are kept aside, report it',
    log: 'error',
    retry: 'never',
  },

  'command/unknown': refusal('The server does not know this kind of change', 'Update the app'),
  'command/malformed': refusal('A field has a wrong form', 'Correct the named field'),

  'access/not-found': refusal('There is no such record, or it is not yours to see', 'Check that you still cover this household'),
  'access/role': refusal('Your role does not include this', 'Ask someone whose role does'),
  'access/coverage-ended': refusal('Your coverage of this household has ended', 'Ask the supervisor for coverage, or hand the note to the lead'),
  'access/not-author': refusal('Only the person who made it may change it', 'Ask them'),
  'access/four-eyes': refusal('You have a part in this claim, so you may not decide it', 'Leave it to another controller'),

  'conflict/field': refusal('Someone else changed the same field meanwhile', 'Compare the values and choose'),
  'conflict/exists': refusal('A record with this id exists already', 'Report it'),

  'contact/voided': refusal('The entry was voided', 'Log a new one'),
  'contact/reason-needed': refusal('After 24 hours an amendment needs a reason', 'Give the reason'),
  'contact/in-the-future': refusal('The contact lies in the future', 'Check date and time, or plan a follow-up instead'),
  'contact/attendee-unknown': refusal('An attendee does not belong to this household', 'Choose from the household’s people'),
  'contact/has-decided-claim': refusal('A claim of this entry was decided already', 'Amend the entry instead of voiding it'),
  'contact/quiet-period': refusal('The household is in a quiet period', 'Wait until it ends; answering the client stays possible'),

  'follow-up/done': refusal('The follow-up is done already', 'Reopen it first'),
  'follow-up/not-done': refusal('The follow-up is open', 'Nothing to do'),
  'follow-up/assignee': refusal('The assignee does not cover this household', 'Choose someone who does'),

  'outcome/split': refusal('The credit split does not make 100 %', 'Correct the shares'),
  'outcome/account': refusal('The account does not belong to this household or is closed', 'Choose an account of the household'),
  'outcome/account-needed': refusal('A deposit or pledge needs the account on which the money arrives', 'Choose an account'),
  'outcome/expected-needed': refusal('A pledge needs the day on which it is expected', 'Give the day'),
  'outcome/decided': refusal('The claim was decided already', 'Its decision stands; log a new outcome'),
  'outcome/currency': refusal('The claim’s currency is not the account’s', 'Use the account’s currency'),

  'verification/not-open': refusal('The claim is not open for a decision', 'Reload the case'),
  'verification/evidence-needed': refusal('A confirmation needs evidence', 'Choose bank lines or, for a mandate, the signed letter'),
  'verification/evidence-unfit': refusal('A line cannot be evidence for this claim', 'Choose a booked credit on the household’s account'),
  'verification/line-used': refusal('That line’s money is already used by another claim', 'Choose another line or a smaller part'),
  'verification/amount': refusal('The evidence does not reach the claim', 'Confirm in part, or choose more lines'),
  'verification/above-claim': refusal('The evidence is more than the claim', 'Use only as much of the line as was claimed'),
  'verification/amount-not-part': refusal('The evidence is not less than the claim', 'Confirm it whole'),
  'verification/second-controller': refusal('A second, different controller has to confirm this amount', 'Leave it to a colleague'),
  'verification/evidence-differs': refusal('The second controller chose other evidence than the first', 'Use the same evidence, or return the claim'),

  'feed/file-missing': transient('The file’s bytes have not arrived yet', 'They are sent again'),
  'feed/unreadable': refusal('The file cannot be read', 'Export it from the bank again'),
  'feed/unknown-format': refusal('The file is neither camt.05x nor MT94x', 'Choose the statement file of the bank'),
  'feed/too-large': refusal('The file is larger than 20 MB', 'Ask the bank for a shorter period'),
  'feed/too-many-lines': refusal('The file has more than 100,000 lines', 'Ask the bank for a shorter period'),
  'feed/malformed': refusal('The file breaks its format', 'Export it from the bank again'),
  'feed/doctype-forbidden': refusal('The file declares a DOCTYPE, which no bank needs', 'Ask the bank for a clean file'),
  'feed/balance-mismatch': refusal('Opening balance and lines do not make the closing balance', 'Ask the bank for the complete statement'),
  'feed/balance-missing': refusal('A final statement has no opening or no closing balance', 'Ask the bank for the complete statement'),
  'feed/opening-mismatch': refusal('The opening balance is not the closing balance of the statement before', 'Import the missing statement first, or ask the bank'),
  'feed/balance-currency': refusal('A balance is in another currency than the account', 'Ask the bank for a corrected statement'),
  'feed/sequence-gap': refusal('A statement before this one is missing', 'Import the missing statement first'),
  'feed/statement-seen-before': refusal('The statement was imported before', 'Nothing to do'),
  'feed/line-currency': refusal('A line is in another currency than the account', 'Ask the bank for a corrected statement'),
  'feed/no-account': refusal('The statement names no account', 'Ask the bank for a corrected statement'),
  'feed/no-booking-date': refusal('A booked line has no booking date', 'Ask the bank for a corrected statement'),

  'household/no-head': refusal('A household has exactly one head', 'Choose who is the head'),
  'account/owners': refusal('Owners’ shares do not make 100 %, or an owner is not a member', 'Correct the owners'),
  'account/name': refusal('An account needs a valid IBAN, or custodian and number', 'Check the IBAN’s digits'),
  'coverage/lead-exists': refusal('The household has a lead already', 'End that coverage first'),
  'coverage/dates': refusal('The coverage would end before it begins', 'Correct the dates'),
  'coverage/ended': refusal('The coverage has ended already', 'Nothing to do'),
  'initiative/dates': refusal('The initiative would end before it begins', 'Correct the dates'),
} as const satisfies Record<string, ErrorEntry>

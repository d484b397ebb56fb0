import { isPassphraseLongEnough } from '../../shared/domain/policy/passphrase.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import type { Keychain } from '../vault/keychain.ts'
import { fingerprintHalvesOf } from '../vault/recovery-wrap.ts'
import type { Vault } from '../vault/vault.ts'

type Nothing = Result<Record<string, never>, AppError>

/** Another passphrase for this laptop, once the present one was proven. Works offline. Errors: 'session/weak-passphrase', 'storage/write-failed'. */
export async function changePassphrase(vault: Vault, proof: () => Promise<Result<void, AppError>>, next: string, keychain: Keychain | undefined): Promise<Nothing> {
  if (!isPassphraseLongEnough(next)) return err(appError('session/weak-passphrase'))
  const proven = await proof()
  if (!proven.ok) return proven
  return whenWritten(() => vault.changePassphrase(next, keychain))
}

/**
 * A vault that was made without a keychain gets one as soon as there is one; one of another kind takes over while the old
 * one still opens. @throws the system's error, and what the keychain throws
 */
export async function adoptKeychain(vault: Vault, passphrase: string, keychain: Keychain | undefined): Promise<void> {
  if (keychain && vault.keychainBackend !== keychain.backend) await vault.rewrap(passphrase, keychain)
}

/** What a person was told by two colleagues, in whatever groups and letters they typed it. */
export interface TypedFingerprint {
  readonly firstHalf: string
  readonly secondHalf: string
}

const digitsOf = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')

/**
 * Seals the vault's keys to the other recovery key that the server offers. Needs what neither a server nor a page has: the
 * fingerprint from the two people who keep the firm's key, and the passphrase. Errors:
 * 'request/not-found' where no other key is offered, 'recovery/other-fingerprint', 'storage/write-failed'.
 */
export async function confirmRecoveryKey(vault: Vault, proof: () => Promise<Result<void, AppError>>, typed: TypedFingerprint): Promise<Nothing> {
  const { other } = await vault.recoveryKeys()
  if (other === null) return err(appError('request/not-found'))
  const halves = fingerprintHalvesOf(other)
  if (digitsOf(typed.firstHalf) !== digitsOf(halves[0]) || digitsOf(typed.secondHalf) !== digitsOf(halves[1])) return err(appError('recovery/other-fingerprint'))
  const proven = await proof()
  if (!proven.ok) return proven
  return whenWritten(() => vault.replaceRecoveryKey(other))
}

export async function whenWritten(write: () => Promise<void>): Promise<Nothing> {
  try {
    await write()
    return ok({})
  } catch (error) {
    return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
  }
}

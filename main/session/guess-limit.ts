import { existsSync } from 'node:fs'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { clearGuesses, type GuessCount, readGuesses, writeGuesses } from '../vault/guess-count.ts'
import type { Keychain } from '../vault/keychain.ts'
import { eraseWrappedKeys, openVault, type Vault } from '../vault/vault.ts'

const FREE_GUESSES = 5
const MOST_GUESSES = 10
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/** Milliseconds until the next guess; after five wrong ones 30 s, doubling to 15 min. */
export function waitAfter({ count, lastAtMs }: GuessCount, nowMs: number): number {
  if (count < FREE_GUESSES) return 0
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_GUESSES), LONGEST_WAIT_MS)
  return nowMs < lastAtMs ? waitMs : Math.max(0, lastAtMs + waitMs - nowMs)
}

const lockedOut = (waitMs: number): AppError => appError('session/locked-out', { retryAfterSeconds: Math.ceil(waitMs / 1_000) })

/**
 * Opens vaults for whoever sits before the laptop: slower with each wrong passphrase, and not at all after ten, when the
 * wrapped keys are erased. The clock shortens the waits at most; the ten are counted on the disk, before each try.
 */
export class GuessLimit {
  readonly #nowMs: () => number
  readonly #counts = new Map<string, GuessCount>() // where the disk could not keep it

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Errors: those of `openVault`, 'session/wrong-passphrase' with how many are `left` before the keys go, 'session/locked-out', 'session/keys-erased'. */
  async open(folder: string, passphrase: string, keychain: Keychain | undefined): Promise<Result<Vault, AppError>> {
    if (!existsSync(folder)) return err(appError('session/no-vault'))
    const before = this.#larger(await readGuesses(folder), this.#counts.get(folder))
    const waitMs = waitAfter(before, this.#nowMs())
    if (waitMs > 0) return err(lockedOut(waitMs))
    if (before.count >= MOST_GUESSES) return this.#erase(folder)
    await this.#note(folder, { count: before.count + 1, lastAtMs: this.#nowMs() })
    const vault = await openVault(folder, passphrase, keychain)
    if (vault.ok) await this.#forget(folder)
    else if (vault.error.code !== 'session/wrong-passphrase')
      await this.#note(folder, before) // nothing was guessed
    else if (before.count + 1 >= MOST_GUESSES) return this.#erase(folder)
    else return err(appError('session/wrong-passphrase', { left: MOST_GUESSES - before.count - 1 }))
    return vault
  }

  /**
   * Asks a person who has the app open for its passphrase once more. A wrong one counts as at the lock screen, but the fifth
   * locks the app in the place of ever erasing: a page that something took over must not be able to destroy anything.
   * Errors: 'session/wrong-passphrase'; 'session/locked-out' = the caller locks; those of `openVault`.
   */
  async check(folder: string, passphrase: string, keychain: Keychain | undefined): Promise<Result<void, AppError>> {
    const before = this.#larger(await readGuesses(folder), this.#counts.get(folder))
    if (before.count >= FREE_GUESSES) return err(lockedOut(waitAfter(before, this.#nowMs())))
    const after = { count: before.count + 1, lastAtMs: this.#nowMs() }
    await this.#note(folder, after)
    const vault = await openVault(folder, passphrase, keychain)
    if (vault.ok) {
      await this.#forget(folder)
      await vault.value.close()
      return ok(undefined)
    }
    if (vault.error.code !== 'session/wrong-passphrase') await this.#note(folder, before)
    else if (after.count >= FREE_GUESSES) return err(lockedOut(waitAfter(after, this.#nowMs())))
    return vault
  }

  async #erase(folder: string): Promise<Result<Vault, AppError>> {
    await eraseWrappedKeys(folder)
    await this.#forget(folder)
    return err(appError('session/keys-erased'))
  }

  async #note(folder: string, guesses: GuessCount): Promise<void> {
    this.#counts.set(folder, guesses)
    await writeGuesses(folder, guesses)
  }

  async #forget(folder: string): Promise<void> {
    this.#counts.delete(folder)
    await clearGuesses(folder)
  }

  #larger(onDisk: GuessCount, here: GuessCount | undefined): GuessCount {
    return here && here.count > onDisk.count ? here : onDisk
  }
}

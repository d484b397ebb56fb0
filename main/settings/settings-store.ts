import { readFileSync } from 'node:fs'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { type Settings, settingsSchema } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import { Turns } from '../lib/turns.ts'
import { isAllowedServerUrl } from '../sync/http-client.ts'

const defaults: Settings = { language: 'system', theme: 'system', density: 'comfortable', serverUrl: 'http://127.0.0.1:4780', hasNotifications: true, hasNotificationNames: false }

type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined }

/** This installation's settings, in a small JSON file. What cannot be read counts as not set. */
export class SettingsStore {
  readonly #path: string
  readonly #onChange: (settings: Settings) => void
  #settings: Settings
  readonly #turns = new Turns()

  /** @param presetServerUrl stands in the place of the stored address until another one is chosen */
  constructor(path: string, presetServerUrl: string | undefined, onChange: (settings: Settings) => void) {
    this.#path = path
    this.#onChange = onChange
    const stored = readSettings(path)
    this.#settings = presetServerUrl !== undefined && isAllowedServerUrl(presetServerUrl) ? { ...stored, serverUrl: cleanServerUrl(presetServerUrl) } : stored
  }

  get(): Settings {
    return this.#settings
  }

  /** Changes follow each other, so that none undoes another. Error: 'request/malformed' for a server address without TLS, 'storage/write-failed'. */
  set(change: SettingsChange): Promise<Result<Settings, AppError>> {
    return this.#turns.take(() => this.#set(change))
  }

  async #set(change: SettingsChange): Promise<Result<Settings, AppError>> {
    if (change.serverUrl !== undefined && !isAllowedServerUrl(change.serverUrl)) return err(appError('request/malformed', { field: 'serverUrl' }))
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const next = settingsSchema.parse({ ...this.#settings, ...given })
    const settings = { ...next, serverUrl: cleanServerUrl(next.serverUrl) }
    try {
      await writeFileAtomically(this.#path, JSON.stringify(settings, null, 2))
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
    this.#settings = settings
    this.#onChange(settings)
    return ok(settings)
  }
}

export const cleanServerUrl = (url: string) => url.trim().replace(/\/+$/, '')

function readSettings(path: string): Settings {
  try {
    const stored = settingsSchema.partial().safeParse(JSON.parse(readFileSync(path, 'utf8')))
    const merged = settingsSchema.safeParse({ ...defaults, ...stored.data })
    return merged.success && isAllowedServerUrl(merged.data.serverUrl) ? merged.data : defaults
  } catch {
    return defaults // no file yet, or not JSON
  }
}

import type { AppError } from '../../shared/errors/error-codes.ts'
import type { Settings } from '../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { settingsChanged } from './slices/settings-slice.ts'
import { store } from './store.ts'

function adopt(answer: Result<Settings, AppError>): Result<Settings, AppError> {
  if (answer.ok) store.dispatch(settingsChanged(answer.value))
  return answer
}

export const loadSettings = async (): Promise<Result<Settings, AppError>> => adopt(await bridge.invoke('settings:get', {}))

export const changeSettings = async (changes: Partial<Settings>): Promise<Result<Settings, AppError>> => adopt(await bridge.invoke('settings:set', changes))

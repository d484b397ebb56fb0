import type { AppError } from '../../shared/errors/error-codes.ts'
import { useAppSelector } from '../app/store.ts'

/** What the server said to a command that it leaves on this laptop until others' work is there (B6); undefined = it does not. */
export const useLeftOut = (id: string): AppError | undefined => useAppSelector((state) => state.syncStatus.waiting.find((one) => one.id === id)?.error)

export const useIsLeftOut = (id: string): boolean => useLeftOut(id) !== undefined

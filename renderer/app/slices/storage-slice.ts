import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { AppError } from '../../../shared/errors/error-codes.ts'

/** Whether this laptop's disk takes what is written; `error` null = it does. */
export interface StorageState {
  readonly error: AppError | null
}

const slice = createSlice({
  name: 'storage',
  initialState: { error: null } as StorageState,
  reducers: { storageReported: (_state, action: PayloadAction<AppError | null>) => ({ error: action.payload }) },
})

export const { storageReported } = slice.actions
export const storageReducer = slice.reducer

import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { SyncStatus } from '../../../shared/ipc/ipc-contract.ts'

const initialState: SyncStatus = { connection: 'offline', unsentCount: 0, refusedCount: 0, waiting: [], lastContactAtMs: null, leaseEndsAtMs: null, serverHead: null, error: null }

const slice = createSlice({
  name: 'syncStatus',
  initialState: initialState as SyncStatus,
  reducers: { syncStatusChanged: (_state, action: PayloadAction<SyncStatus>) => action.payload },
})

export const { syncStatusChanged } = slice.actions
export const syncStatusReducer = slice.reducer

import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { SessionState } from '../../../shared/ipc/ipc-contract.ts'

const initialState: SessionState = {
  phase: 'signedOut',
  colleague: null,
  firmName: null,
  lastEmail: null,
  deviceId: null,
  deviceName: '',
  databaseName: null,
  signInKind: null,
  notice: null,
}

const slice = createSlice({
  name: 'session',
  initialState: initialState as SessionState,
  reducers: { sessionChanged: (_state, action: PayloadAction<SessionState>) => action.payload },
})

export const { sessionChanged } = slice.actions
export const sessionReducer = slice.reducer

import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Settings } from '../../../shared/ipc/ipc-contract.ts'

const initialState: Settings = { language: 'system', theme: 'system', density: 'comfortable', serverUrl: '', hasNotifications: true, hasNotificationNames: false }

const slice = createSlice({
  name: 'settings',
  initialState: initialState as Settings,
  reducers: { settingsChanged: (_state, action: PayloadAction<Settings>) => action.payload },
})

export const { settingsChanged } = slice.actions
export const settingsReducer = slice.reducer

import { configureStore } from '@reduxjs/toolkit'
import { useDispatch, useSelector } from 'react-redux'
import { routeReducer } from './slices/route-slice.ts'
import { sessionReducer } from './slices/session-slice.ts'
import { settingsReducer } from './slices/settings-slice.ts'
import { storageReducer } from './slices/storage-slice.ts'
import { syncStatusReducer } from './slices/sync-status-slice.ts'
import { toastReducer } from './slices/toast-slice.ts'

/** What is on the screen; never a copy of a record (those are in the replica). */
export const store = configureStore({
  reducer: { session: sessionReducer, syncStatus: syncStatusReducer, storage: storageReducer, route: routeReducer, settings: settingsReducer, toast: toastReducer },
})

export type RootState = ReturnType<typeof store.getState>
export type AppDispatch = typeof store.dispatch
export const useAppDispatch = useDispatch.withTypes<AppDispatch>()
export const useAppSelector = useSelector.withTypes<RootState>()

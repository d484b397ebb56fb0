import { createSlice, type PayloadAction } from '@reduxjs/toolkit'

/** Where the person is and where they came from; lives as long as the window. */
export interface RouteState {
  readonly entries: readonly string[]
  readonly index: number
}

const START = 'today'
const LONGEST_HISTORY = 100

const slice = createSlice({
  name: 'route',
  initialState: { entries: [START], index: 0 } as RouteState,
  reducers: {
    navigated: (state, action: PayloadAction<{ readonly path: string; readonly isReplacing: boolean }>) => {
      const { path, isReplacing } = action.payload
      if (state.entries[state.index] === path) return state
      const kept = state.entries.slice(0, isReplacing ? state.index : state.index + 1)
      const entries = [...kept, path].slice(-LONGEST_HISTORY)
      return { entries, index: entries.length - 1 }
    },
    wentBack: (state) => ({ ...state, index: Math.max(0, state.index - 1) }),
    wentForward: (state) => ({ ...state, index: Math.min(state.entries.length - 1, state.index + 1) }),
    routeReset: () => ({ entries: [START], index: 0 }),
  },
})

export const { navigated, wentBack, wentForward, routeReset } = slice.actions
export const routeReducer = slice.reducer

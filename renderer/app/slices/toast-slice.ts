import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { AppError } from '../../../shared/errors/error-codes.ts'

/** A short message after a command. */
export interface Toast {
  readonly id: string
  readonly text: string // what was done, or, with an error, what could not be
  readonly undoId: string | null // the step of the undo history that takes it back; null = it cannot be
  readonly error: AppError | null // why it could not be done; null = it was
}

export interface ToastState {
  readonly toasts: readonly Toast[]
  readonly undoSteps: readonly { readonly id: string; readonly label: string }[] // newest last
}

const MOST_TOASTS = 5
const MOST_UNDO_STEPS = 20

const slice = createSlice({
  name: 'toast',
  initialState: { toasts: [], undoSteps: [] } as ToastState,
  reducers: {
    toastShown: (state, action: PayloadAction<Toast>) => ({ ...state, toasts: [...state.toasts, action.payload].slice(-MOST_TOASTS) }),
    toastDismissed: (state, action: PayloadAction<string>) => ({ ...state, toasts: state.toasts.filter((t) => t.id !== action.payload) }),
    undoAdded: (state, action: PayloadAction<ToastState['undoSteps'][number]>) => ({ ...state, undoSteps: [...state.undoSteps, action.payload].slice(-MOST_UNDO_STEPS) }),
    undoTaken: (state, action: PayloadAction<string>) => ({
      toasts: state.toasts.filter((t) => t.undoId !== action.payload),
      undoSteps: state.undoSteps.filter((u) => u.id !== action.payload),
    }),
    toastsCleared: () => ({ toasts: [], undoSteps: [] }),
  },
})

export const { toastShown, toastDismissed, undoAdded, undoTaken, toastsCleared } = slice.actions
export const toastReducer = slice.reducer

import { useMemo } from 'react'
import { navigated, wentBack, wentForward } from './slices/route-slice.ts'
import { store, useAppSelector } from './store.ts'

/** 'today', 'households/<id>', 'log/<householdId>', 'verification/feeds', … without a leading slash. */
export interface Route {
  readonly path: string
  readonly segments: readonly string[]
}

export interface NavigateOptions {
  readonly replace?: boolean // true: the place left is not kept in the history
}

export function navigate(path: string, options: NavigateOptions = {}): void {
  store.dispatch(navigated({ path: path.replace(/^\/+|\/+$/g, '') || 'today', isReplacing: options.replace ?? false }))
}

/** To where the person was before; stays where there is nothing before. */
export function back(): void {
  store.dispatch(wentBack())
}

export function forward(): void {
  store.dispatch(wentForward())
}

export const useCanGoBack = (): boolean => useAppSelector((state) => state.route.index > 0)

export const useNavigate = (): typeof navigate => navigate

export function useRoute(): Route {
  const path = useAppSelector((state) => state.route.entries[state.route.index] ?? 'today')
  return useMemo(() => ({ path, segments: path.split('/') }), [path])
}

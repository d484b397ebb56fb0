import { lazy, Suspense } from 'react'
import { AttentionScreen } from '../../features/attention/attention-screen.tsx'
import { SettingsScreen } from '../../features/settings/settings-screen.tsx'
import { TodayScreen } from '../../features/today/today-screen.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { useRoute } from '../navigation.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { navNameOf } from './nav-items.ts'

const HouseholdsScreen = lazy(() => import('../../features/households/households-screen.tsx').then((m) => ({ default: m.HouseholdsScreen })))
const LogContactScreen = lazy(() => import('../../features/contact/log-contact-screen.tsx').then((m) => ({ default: m.LogContactScreen })))
const FollowUpsScreen = lazy(() => import('../../features/follow-ups/follow-ups-screen.tsx').then((m) => ({ default: m.FollowUpsScreen })))
const VerificationScreen = lazy(() => import('../../features/verification/verification-screen.tsx').then((m) => ({ default: m.VerificationScreen })))

const SCREENS = {
  today: TodayScreen,
  log: LogContactScreen,
  households: HouseholdsScreen,
  followUps: FollowUpsScreen,
  verification: VerificationScreen,
  attention: AttentionScreen,
  settings: SettingsScreen,
} as const

/** The screen of the route. One that fails leaves the frame standing. */
export function Screen() {
  const { segments, path } = useRoute()
  const CurrentScreen = SCREENS[navNameOf(segments[0] ?? '')]
  return (
    <ErrorBoundary resetKey={path}>
      <Suspense fallback={<LoadingState />}>
        <CurrentScreen />
      </Suspense>
    </ErrorBoundary>
  )
}

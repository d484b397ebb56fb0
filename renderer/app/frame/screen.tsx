import { lazy, Suspense } from 'react'
import { AttentionScreen } from '../../features/attention/attention-screen.tsx'
import { UnsentScreen } from '../../features/attention/unsent-screen.tsx'
import { SettingsScreen } from '../../features/settings/settings-screen.tsx'
import { TodayScreen } from '../../features/today/today-screen.tsx'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { useCanGoBack, useRoute } from '../navigation.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { navNameOf } from './nav-items.ts'

const HouseholdsScreen = lazy(() => import('../../features/households/households-screen.tsx').then((m) => ({ default: m.HouseholdsScreen })))
const LogContactScreen = lazy(() => import('../../features/contact/log-contact-screen.tsx').then((m) => ({ default: m.LogContactScreen })))
const FollowUpsScreen = lazy(() => import('../../features/follow-ups/follow-ups-screen.tsx').then((m) => ({ default: m.FollowUpsScreen })))
const InitiativesScreen = lazy(() => import('../../features/initiatives/initiatives-screen.tsx').then((m) => ({ default: m.InitiativesScreen })))
const VerificationScreen = lazy(() => import('../../features/verification/verification-screen.tsx').then((m) => ({ default: m.VerificationScreen })))

const SCREENS = {
  today: TodayScreen,
  log: LogContactScreen,
  households: HouseholdsScreen,
  followUps: FollowUpsScreen,
  verification: VerificationScreen,
  initiatives: InitiativesScreen,
  attention: AttentionScreen,
  unsent: UnsentScreen,
  settings: SettingsScreen,
} as const

/** The screen of the route. One that fails leaves the frame standing. */
export function Screen() {
  const { segments, path } = useRoute()
  const hasMoved = useCanGoBack() // at the start nobody has lost a focus
  const name = navNameOf(segments[0] ?? '')
  const CurrentScreen = SCREENS[name]
  return (
    <ErrorBoundary resetKey={path}>
      {/* The key: while a screen's code loads, the one before is gone and not kept hidden; coming back at once would show its old form. */}
      <Suspense key={name} fallback={<LoadingState />}>
        <CurrentScreen />
        {hasMoved && <KeptFocus of={path} />}
      </Suspense>
    </ErrorBoundary>
  )
}

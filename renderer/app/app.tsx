import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import { Provider } from 'react-redux'
import { SignInScreen } from '../features/session/sign-in-screen.tsx'
import { UnlockScreen } from '../features/session/unlock-screen.tsx'
import { changeLanguage } from '../i18n/i18n.ts'
import { resolveLanguage } from '../i18n/languages.ts'
import { ClockProvider } from '../ui/clock-provider.tsx'
import { DensityContext } from '../ui/density.ts'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import { Shell } from './frame/shell.tsx'
import { getStyleNonce } from './start/style-nonce.ts'
import { store, useAppSelector } from './store.ts'
import { theme } from './theme.ts'

/** Language, theme and density as the person chose them; changes show at once. */
function Appearance({ children }: { readonly children: ReactNode }) {
  const settings = useAppSelector((state) => state.settings)
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false })
  const systemScheme = isSystemDark ? 'dark' : 'light'
  useEffect(() => changeLanguage(resolveLanguage(settings.language, navigator.languages)), [settings.language])
  useEffect(() => {
    document.documentElement.dataset['density'] = settings.density
  }, [settings.density])
  return (
    <MantineProvider theme={theme} forceColorScheme={settings.theme === 'system' ? systemScheme : settings.theme} getStyleNonce={getStyleNonce}>
      <DensityContext value={settings.density}>{children}</DensityContext>
    </MantineProvider>
  )
}

/** The screens before and after the lock. */
function SessionScreens() {
  const phase = useAppSelector((state) => state.session.phase)
  if (phase === 'signedOut') return <SignInScreen />
  if (phase === 'locked') return <UnlockScreen />
  return <Shell />
}

export function App() {
  return (
    <Provider store={store}>
      <Appearance>
        <ClockProvider>
          <ErrorBoundary resetKey="app">
            <SessionScreens />
          </ErrorBoundary>
        </ClockProvider>
      </Appearance>
    </Provider>
  )
}

import './start/trusted-types.ts'
import './start/zod-without-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import { must } from '../../shared/lib/must.ts'
import { loadHolidays } from '../cadence/household-cadence.ts'
import { startI18n } from '../i18n/i18n.ts'
import { resolveLanguage } from '../i18n/languages.ts'
import { App } from './app.tsx'
import { connectMain } from './connect-main.ts'
import { reportViolations } from './start/report-violations.ts'
import { store } from './store.ts'

async function start(): Promise<void> {
  reportViolations()
  await connectMain()
  startI18n(resolveLanguage(store.getState().settings.language, navigator.languages))
  createRoot(must(document.getElementById('root'), '#root')).render(<App />)
  requestIdleCallback(() => void loadHolidays(), { timeout: 5_000 })
}

void start()

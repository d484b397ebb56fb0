import './start/trusted-types.ts'
import './start/zod-without-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './theme.css'
import './print.css'
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
  setTimeout(() => requestIdleCallback(() => void loadHolidays()), HOLIDAYS_AFTER_MS)
}

/** Larger than everything else of the page: behind the first screen and the rows that follow it. */
const HOLIDAYS_AFTER_MS = 1_000

void start()

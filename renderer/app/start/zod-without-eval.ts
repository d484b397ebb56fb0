import { config } from 'zod'

/** zod would try whether it may compile code; the page's policy says no, and each try would be logged as a violation. Before any schema is made. */
config({ jitless: true })

import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { useAppSelector } from '../../app/store.ts'

/** The person who is signed in; null only while the session closes. */
export const useReader = (): Colleague | null => useAppSelector((state) => state.session.colleague)

/** The page's first script, and a small one: the database opens while the rest of the page's code is read and run. */
import './trusted-types.ts'
import { beginEarly } from '../../db/early-replica.ts'

beginEarly()
void import('../main.tsx')

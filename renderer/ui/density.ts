import { createContext, useContext } from 'react'

export type Density = 'comfortable' | 'compact'

export const DensityContext = createContext<Density>('comfortable')

/** Height of a row of one line, in pixels. Rows of two lines take 16 more. */
export const useRowHeight = (): number => (useContext(DensityContext) === 'compact' ? 28 : 36)

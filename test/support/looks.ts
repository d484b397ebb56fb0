import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { listFindings } from './axe-findings.ts'
import { projectRoot } from './project.ts'
import type { RapportApp } from './rapport-app.ts'

const folder = join(projectRoot, 'artifacts', 'screens')

/** Every way in which a screen is looked at. */
export const looks = (['light', 'dark'] as const).flatMap((theme) => (['en', 'de', 'hu'] as const).map((language) => ({ theme, language })))

/** One picture, and what axe finds on it. */
export async function look({ page }: RapportApp, name: string, { theme, language }: (typeof looks)[number]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const shot = await page.screenshot({ path: join(folder, `${name}-${theme}-${language}.png`), animations: 'disabled' })
  expect(shot.length).toBeGreaterThan(10_000)
  expect.soft(await listFindings(page), `${name}, ${theme}, ${language}`).toEqual([])
}

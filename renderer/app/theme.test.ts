import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

/** Token → its colours in light and dark; the first definition, which is the one without a preference for contrast. */
function readTokens(): ReadonlyMap<string, readonly [string, string]> {
  const tokens = new Map<string, readonly [string, string]>()
  for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    if (name && light && dark && !tokens.has(name)) tokens.set(name, [light, dark])
  }
  return tokens
}

/** Relative luminance of '#rrggbb' (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const channel = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const tokens = readTokens()
const tones = ['grey', 'blue', 'green', 'amber', 'red', 'violet']
const grounds = ['ground', 'ground-rail', 'ground-raised', 'ground-hover', 'ground-selected']
const pairs = [
  ...tones.map((tone) => [`${tone}-text`, `${tone}-ground`]),
  ...tones.flatMap((tone) => grounds.map((ground) => [`${tone}-text`, ground])), // outline tags stand on the page
  ...['text', 'text-quiet', 'accent'].flatMap((text) => grounds.map((ground) => [text, ground])),
]

test.each(pairs)('%s on %s reaches 4.5 : 1 in both themes', (text = '', ground = '') => {
  const [lightText, darkText] = tokens.get(text) ?? ['', '']
  const [lightGround, darkGround] = tokens.get(ground) ?? ['', '']
  expect(contrast(lightText, lightGround)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(darkText, darkGround)).toBeGreaterThanOrEqual(4.5)
})

import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('has a default for everything', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4780, databaseUrl: null, sample: null, firmIbans: [], signInsPerAccount: 5, signInsPerIp: 20 })
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4780, databaseUrl: null })
})

test('reads what is set', () => {
  const config = readConfig({ PORT: '0', RAPPORT_SAMPLE: '1', RAPPORT_SAMPLE_SCALE: '0.5', RAPPORT_FIRM_IBANS: 'at61 1904 3002 3457 3201, DE89370400440532013000' })
  expect(config).toMatchObject({ port: 0, sample: { scale: 0.5, seed: 1 }, firmIbans: ['AT611904300234573201', 'DE89370400440532013000'] })
})

test('names every wrong variable', () => {
  expect(() => readConfig({ PORT: '70000', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' })).toThrow(/PORT: [\s\S]*DATABASE_URL: [\s\S]*LOG_LEVEL: /)
})

import { expect, test } from 'vitest'
import { isAllowedServerUrl } from './http-client.ts'

test.each(['https://rapport.example', 'https://rapport.example:8443/office/', 'http://127.0.0.1:4780', 'http://localhost:1', 'http://[::1]:80'])('%s is allowed', (url) => {
  expect(isAllowedServerUrl(url)).toBe(true)
})

test.each([
  'http://rapport.example',
  'http://127.0.0.1.evil.example',
  'ftp://127.0.0.1',
  'https://user:pass@rapport.example',
  'https://a.example/?x=1',
  'file:///etc/passwd',
  'rapport.example',
  '',
])('%s is refused: no plain text over a network, no secret in an address', (url) => {
  expect(isAllowedServerUrl(url)).toBe(false)
})

/** Which licences may stand beside our MIT licence in what we ship. */

/** They ask for their notice to be kept, and for nothing that would bind our own code. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0', // data only, and shipped unchanged: the days of holidays, whose package names either of these two
  'CC-BY-SA-3.0',
  'CC0-1.0',
  'ICU',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1', // the font; sold only together with a program, which it is
  'OpenSSL',
  'PostgreSQL',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/**
 * @param {string} expression SPDX, for instance '(ISC AND CC-BY-3.0)'; brackets inside brackets are not understood
 * @returns {boolean} every part of an AND, and one of an OR
 */
export function isAllowed(expression) {
  const plain = expression.trim().replace(/^\(([^()]*)\)$/, '$1')
  if (/[()]/.test(plain)) return false
  return plain.split(/ OR /i).some((choice) => choice.split(/ AND /i).every((name) => allowed.has(name.trim())))
}

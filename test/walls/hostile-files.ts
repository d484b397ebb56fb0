/** Statement files as somebody makes them who wants to break what reads them. */
import { readdirSync, readFileSync } from 'node:fs'
import { type Chance, seeded } from './seeded.ts'

const folder = new URL('../fixtures/feeds/', import.meta.url)
const bases: readonly Buffer[] = readdirSync(folder)
  .filter((name) => /\.(xml|sta)$/.test(name))
  .sort()
  .map((name) => readFileSync(new URL(name, folder)))

/** What parsers have stumbled over, here and elsewhere. */
const tokens = [
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&#0;',
  '&#x110000;',
  '&#xD800;',
  '&amp;amp;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.1" encoding="UTF-7"?>',
  '<__proto__>',
  '</__proto__>',
  '<constructor><prototype>x</prototype></constructor>',
  ' __proto__="x"',
  ' xmlns:x="x" x:y="z"',
  '<a>'.repeat(60),
  '</a>'.repeat(60),
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  '0,00000000000000001',
  '9999-99-99',
  '0000-00-00',
  '\u0000',
  '\uFFFE',
  '\u202E',
  '\uD800',
  '\r',
  '\n:20:\n',
  '\n:61:2601010101C1,NTRF\n',
  '\n:86:?20?21?22',
  '\n-}{5:}',
  "=cmd|' /C calc'!A0",
  'A'.repeat(70_000),
] as const

const edits: readonly ((file: Buffer, chance: Chance) => Buffer)[] = [
  (file, { int }) => replaceAt(file, int(file.length), Buffer.from([int(256)])),
  (file, { int }) => replaceAt(file, int(file.length), Buffer.from([0])),
  (file, { int }) => file.subarray(0, int(file.length)),
  (file, { int }) => file.subarray(int(Math.min(file.length, 200))),
  (file, { int, pick }) => insertAt(file, int(file.length), Buffer.from(pick(tokens))),
  (file, { int, pick }) => insertAt(file, int(file.length), Buffer.from(pick(tokens), 'utf16le')),
  (file, { int }) => {
    const from = int(file.length)
    const part = file.subarray(from, from + 1 + int(2_000))
    return insertAt(file, from, Buffer.concat(Array.from({ length: 1 + int(20) }, () => part)))
  },
  (file, { int, pick }) => Buffer.concat([file.subarray(0, int(file.length)), pick(bases).subarray(int(200))]),
  (file) => Buffer.from(file.toString('latin1'), 'utf16le'),
  (file) => Buffer.concat([Buffer.from([0xff, 0xfe]), file]),
  (file, { int, pick }) =>
    Buffer.from(
      file
        .toString('latin1')
        .replaceAll(
          pick(['Stmt', 'Ntry', 'Amt', 'IBAN', ':61:', ':86:', 'CRDT', 'EUR']),
          pick(['__proto__', 'constructor', 'toString', '', 'hasOwnProperty', '<', String(int(1e9))]),
        ),
      'latin1',
    ),
]

const insertAt = (file: Buffer, at: number, part: Buffer) => Buffer.concat([file.subarray(0, at), part, file.subarray(at)])
const replaceAt = (file: Buffer, at: number, part: Buffer) => Buffer.concat([file.subarray(0, at), part, file.subarray(at + part.length)])

/** File number `index` of a seed: one of our own, changed one to six times. */
export function mutatedFile(seed: number, index: number): Uint8Array {
  const chance = seeded(Math.imul(seed, 1_000_003) + index)
  let file = chance.pick(bases)
  for (let left = 1 + chance.int(6); left > 0; left--) file = chance.pick(edits)(file, chance)
  return new Uint8Array(file)
}

const text = (content: string) => new TextEncoder().encode(content)
const camt = (inside: string) => `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>${inside}</BkToCstmrStmt></Document>`

export interface Bomb {
  readonly name: string
  readonly bytes: () => Uint8Array
  /** Code of the error catalog that a person gets to see. */
  readonly code: string
}

/** Files with one purpose each. Made when asked for: some have 20 MB. */
export const bombs: readonly Bomb[] = [
  {
    name: 'a billion laughs',
    bytes: () =>
      text(`<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${`&b${i - 1};`.repeat(10)}">`).join('')}]><l>&b8;</l>`),
    code: 'feed/doctype-forbidden',
  },
  {
    name: 'an external entity',
    bytes: () => text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document>&e;</Document>'),
    code: 'feed/doctype-forbidden',
  },
  { name: 'a parameter entity in small letters', bytes: () => text('<!doctype x [<!entity % e SYSTEM "http://127.0.0.1:9/x">%e;]><Document/>'), code: 'feed/doctype-forbidden' },
  {
    name: 'a document type in UTF-16',
    bytes: () => new Uint8Array(Buffer.from('\uFEFF<!DOCTYPE x [<!ENTITY a "b">]><Document>&a;</Document>', 'utf16le')),
    code: 'feed/doctype-forbidden',
  },
  { name: '100,000 tags deep', bytes: () => text(camt(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)), code: 'feed/malformed' },
  { name: '41 tags deep', bytes: () => text(camt(`${'<a>'.repeat(41)}${'</a>'.repeat(41)}`)), code: 'feed/malformed' },
  { name: 'tags that are never closed', bytes: () => text(`<Document>${'<a>'.repeat(500_000)}`), code: 'feed/malformed' },
  { name: 'three million and one tags', bytes: () => text(camt('<a/>'.repeat(3_000_001))), code: 'feed/too-large' },
  { name: 'a byte more than 20 MB', bytes: () => new Uint8Array(20 * 1_024 * 1_024 + 1).fill(0x20), code: 'feed/too-large' },
  { name: '20 MB of nothing', bytes: () => new Uint8Array(20 * 1_024 * 1_024).fill(0x20), code: 'feed/unknown-format' },
  { name: '20 MB in one attribute', bytes: () => text(`<Document a="${'x'.repeat(20_000_000)}"/>`), code: 'feed/unknown-format' },
  {
    name: '100,001 lines',
    bytes: () => text(`:20:A\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C260101EUR0,\n${':61:2601010101C1,NTRFX\n'.repeat(100_001)}:62F:C260101EUR100001,\n-`),
    code: 'feed/too-many-lines',
  },
  {
    name: 'the prototype as an element',
    bytes: () => text(camt('<__proto__><polluted>1</polluted></__proto__><constructor><prototype><polluted>1</polluted></prototype></constructor>')),
    code: 'feed/malformed',
  },
  { name: 'NUL between the letters', bytes: () => text(`:20:A\u0000B\n:25:X\n`), code: 'feed/unreadable' },
  { name: 'an encoding that does not exist', bytes: () => text('<?xml version="1.0" encoding="UTF-7"?><Document/>'), code: 'feed/unreadable' },
  {
    name: 'an encoding that it does not keep',
    bytes: () => new Uint8Array(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="UTF-8"?><Document>'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('</Document>')])),
    code: 'feed/unreadable',
  },
  { name: 'half a UTF-16 letter', bytes: () => new Uint8Array([0xff, 0xfe, 0x3c, 0x00, 0x00]), code: 'feed/unreadable' },
  { name: 'an archive', bytes: () => new Uint8Array(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2_000, 1)])), code: 'feed/unknown-format' },
  { name: 'a compressed file', bytes: () => new Uint8Array(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(2_000, 1)])), code: 'feed/unreadable' },
  { name: 'a program', bytes: () => new Uint8Array(Buffer.from('\u007fELF\u0002\u0001\u0001'.padEnd(4_000, '\u0001'), 'latin1')), code: 'feed/unknown-format' },
  { name: 'a web page', bytes: () => text('<html><script>alert(1)</script></html>'), code: 'feed/unknown-format' },
  { name: 'a sheet of formulas', bytes: () => text('=HYPERLINK("http://127.0.0.1:9/x";"x")\n+1\n-1\n@SUM(1)\n'), code: 'feed/unknown-format' },
  { name: 'nothing', bytes: () => new Uint8Array(0), code: 'feed/unknown-format' },
]

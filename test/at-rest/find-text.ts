/** The forms in which a text may lie in memory or on a disk. */
export interface Needle {
  readonly kind: string // which canary
  readonly encoding: string
  readonly bytes: Buffer
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** Base64 of the text wherever it begins in a longer one: of each of the three alignments the characters that do not depend on its neighbours. */
function base64Of(bytes: Buffer, encoding: 'base64' | 'base64url'): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replace(/=+$/, '')
    const isWhole = (before + bytes.length) % 3 === 0
    return text.slice(before === 0 ? 0 : before + 1, isWhole ? undefined : -1)
  })
}

export function needlesOf(kind: string, text: string): readonly Needle[] {
  const utf8 = Buffer.from(text, 'utf8')
  const forms: (readonly [string, Buffer])[] = [
    ['utf-8', utf8],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be(text)],
    ['latin-1', Buffer.from(text, 'latin1')],
    [
      'json',
      Buffer.from(
        JSON.stringify(text)
          .slice(1, -1)
          .replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
        'latin1',
      ),
    ],
    ...(['base64', 'base64url'] as const).flatMap((encoding) => base64Of(utf8, encoding).map((form) => [encoding, Buffer.from(form, 'latin1')] as const)),
  ]
  const seen = new Set<string>()
  return forms.flatMap(([encoding, bytes]) => {
    const key = bytes.toString('hex')
    if (seen.has(key)) return []
    seen.add(key)
    return [{ kind, encoding, bytes }]
  })
}

/** For keys and tokens that are bytes: as they are, in hex and in base64. */
export function byteNeedlesOf(kind: string, bytes: Buffer): readonly Needle[] {
  const asText = (encoding: string, text: string) =>
    needlesOf(kind, text)
      .filter((needle) => !needle.encoding.startsWith('base64'))
      .map((needle) => ({ ...needle, encoding }))
  const forms = (['base64', 'base64url'] as const).flatMap((encoding) => base64Of(bytes, encoding).map((form) => ({ kind, encoding, bytes: Buffer.from(form, 'latin1') })))
  return [{ kind, encoding: 'bytes', bytes }, ...asText('hex', bytes.toString('hex')), ...forms]
}

/** Which needles lie in the bytes. */
export const findIn = (bytes: Buffer, needles: readonly Needle[]): readonly Needle[] => needles.filter((needle) => bytes.includes(needle.bytes))

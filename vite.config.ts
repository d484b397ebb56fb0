/** The renderer: one page, served by the app itself over `app://ui/`, under a policy that allows no inline script. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type IndexHtmlTransformContext, type Plugin } from 'vite'

const inProject = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The page's first script is small and imports the rest when it runs: the page names that rest, so that it is on its way by then. */
function nameTheRest(): Plugin {
  const handler = (_html: string, { bundle = {}, chunk }: IndexHtmlTransformContext) => {
    const files = new Set<string>()
    const styles = new Set<string>()
    const visit = (name: string): void => {
      const part = bundle[name]
      if (files.has(name) || part?.type !== 'chunk') return
      files.add(name)
      for (const style of part.viteMetadata?.importedCss ?? []) styles.add(style)
      for (const imported of part.imports) visit(imported)
    }
    for (const name of chunk?.dynamicImports ?? []) visit(name)
    const known = new Set([chunk?.fileName, ...(chunk?.imports ?? [])])
    const link = (rel: string, name: string): HtmlTagDescriptor => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `./${name}` }, injectTo: 'head' })
    return [...[...files].filter((name) => !known.has(name)).map((name) => link('modulepreload', name)), ...[...styles].map((name) => link('stylesheet', name))]
  }
  return { name: 'name-the-rest', transformIndexHtml: { order: 'post', handler } }
}

export default defineConfig({
  root: inProject('./renderer'),
  base: './',
  plugins: [react(), nameTheRest()],
  worker: { format: 'es' },
  build: {
    outDir: inProject('./dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130', // the oldest Electron that the app is tested on
    sourcemap: 'hidden', // packages leave the map files out
    assetsInlineLimit: 0, // the policy forbids data: addresses for scripts and fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000, // kB; read from disk, not over a network
    reportCompressedSize: false,
    // zod's switch must be set before any chunk makes a schema, so it stands in the chunk that each of them imports.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|zod-without-eval/ }] } } },
  },
})

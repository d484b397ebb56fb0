/** The renderer: one page, served by the app itself over `app://ui/`, under a policy that allows no inline script. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const inProject = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: inProject('./renderer'),
  base: './',
  plugins: [react()],
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

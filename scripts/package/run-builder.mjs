/** Runs electron-builder, on the project's Node: `run-builder.mjs ELECTRON_DIST ELECTRON_VERSION OUTPUT_FOLDER BUNDLE_FOLDER`. */
import { build, Platform } from 'electron-builder'
import { projectRoot } from '../project-paths.mjs'

const [electronDist, electronVersion, output, bundleFolder] = process.argv.slice(2)

/** Another main bundle in the place of the usual one. */
const otherBundle = ['!dist/main/**/*', { from: `${bundleFolder}/main`, to: 'dist/main', filter: ['**/*', '!**/*.map'] }]

// Added to electron-builder.yml, which electron-builder reads by itself.
await build({
  projectDir: projectRoot,
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    electronDist,
    electronVersion,
    directories: { output },
    ...(bundleFolder === 'dist' ? {} : { files: otherBundle }),
  },
})

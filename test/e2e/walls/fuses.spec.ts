/** What is locked inside the binary itself, read back from the packages; docs/walls.md. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, type PackedApp, test } from '../../support/packed-app.ts'

const wanted: readonly (readonly [FuseV1Options, boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
  [FuseV1Options.WasmTrapHandlers, true], // not in every version of Electron
]

const archiveOf = (app: PackedApp): string => readFileSync(join(dirname(app.executable), 'resources', 'app.asar'), 'latin1')

for (const kind of ['shipped', 'packed'] as const)
  for (const [fuse, isOn] of wanted)
    test(`the ${kind === 'packed' ? 'test' : 'shipped'} package has the fuse ${FuseV1Options[fuse]} ${isOn ? 'on' : 'off'}`, async ({ shipped, packed }) => {
      const wire: Partial<Record<FuseV1Options, FuseState>> = await getCurrentFuseWire((kind === 'packed' ? packed : shipped).executable)
      const state = wire[fuse]
      if (state === undefined || state === FuseState.REMOVED) expect(fuse, 'only the newest fuse may be missing').toBe(FuseV1Options.WasmTrapHandlers)
      else expect(state).toBe(isOn ? FuseState.ENABLE : FuseState.DISABLE)
    })

/** Yes or no: a difference of two archives is nothing to print. */
const holds = (app: PackedApp, text: string): boolean => archiveOf(app).includes(text)

test('the shipped package does not hold the door that tests go through', async ({ shipped, packed }) => {
  for (const text of ['listenForTests', 'RAPPORT_PROBE', 'new Function("electron"']) expect([text, holds(packed, text), holds(shipped, text)]).toEqual([text, true, false])
})

test('neither package holds a source map', async ({ shipped, packed }) => {
  for (const app of [shipped, packed]) expect(holds(app, 'sourceMappingURL=data:') || holds(app, '.map":{"size"')).toBe(false)
})

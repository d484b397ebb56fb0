import type { Translation } from '../../translation.ts'
import type { initiatives as original } from '../en/initiatives.ts'

export const initiatives: Translation<typeof original> = {
  title: 'Kezdeményezések',
  add: 'Új kezdeményezés',
  saved: 'Kezdeményezés felvéve',
  filter: { label: 'Melyik', current: 'Futó és közelgő', over: 'Lezárult', all: 'Mind' },
  phase: { running: 'Fut', upcoming: 'Közelgő', over: 'Lezárult' },
  kind: { sponsorship: 'Szponzorálás', event: 'Rendezvény', promotion: 'Promóció' },
  days: '{{from}} – {{to}}',
  entryCount_one: '{{count}} kapcsolat',
  entryCount_other: '{{count}} kapcsolat',
  entries: 'Hozzá rendelt kapcsolatok',
  entriesHidden: 'A hozzá rendelt kapcsolatokat csak a háztartások gondozói látják.',
  showAll: 'Mind a(z) {{count}} megjelenítése',
  showLess: 'Csak a legújabbak',
  field: { name: 'Név', kind: 'Típus', days: 'Mikor', fromOn: 'Első nap', toOn: 'Utolsó nap', place: 'Helyszín', budget: 'Költségkeret', owner: 'Felelős' },
  problem: { nameMissing: 'Írjon be egy nevet.', fromMissing: 'Válassza ki az első napot.', endsBefore: 'Az utolsó nap az első elé esik.' },
  empty: {
    title: 'Még nincs kezdeményezés',
    hint: 'Itt állnak a szponzorálások, rendezvények és promóciók, amelyekhez kapcsolatok rendelhetők.',
    filteredTitle: 'Most semmi sem fut és nem is közeleg',
    showAll: 'Mind megjelenítése',
    paneTitle: 'Nincs kiválasztott kezdeményezés',
    paneHint: 'Válasszon egyet a listából az adatok és a hozzá rendelt kapcsolatok megtekintéséhez.',
    missing: 'Ez a kezdeményezés nem található',
    entries: 'Még nincs kapcsolat',
    entriesHint: 'Kapcsolat rögzítésekor válassza ki a kezdeményezést, és itt megjelenik.',
  },
}

import type { Translation } from '../../translation.ts'
import type { initiatives as original } from '../en/initiatives.ts'

export const initiatives: Translation<typeof original> = {
  title: 'Initiativen',
  add: 'Initiative anlegen',
  saved: 'Initiative angelegt',
  filter: { label: 'Welche', current: 'Laufend und geplant', over: 'Vorbei', all: 'Alle' },
  phase: { running: 'Läuft', upcoming: 'Geplant', over: 'Vorbei' },
  kind: { sponsorship: 'Sponsoring', event: 'Veranstaltung', promotion: 'Werbeaktion' },
  days: '{{from}} – {{to}}',
  entryCount_one: '{{count}} Kontakt',
  entryCount_other: '{{count}} Kontakte',
  entries: 'Zugeordnete Kontakte',
  entriesHidden: 'Die zugeordneten Kontakte sehen nur jene, die die Haushalte betreuen.',
  showAll: 'Alle {{count}} anzeigen',
  showLess: 'Nur die neuesten anzeigen',
  field: { name: 'Name', kind: 'Art', days: 'Wann', fromOn: 'Erster Tag', toOn: 'Letzter Tag', place: 'Ort', budget: 'Budget', owner: 'Verantwortlich' },
  problem: { nameMissing: 'Geben Sie einen Namen ein.', fromMissing: 'Wählen Sie den ersten Tag.', endsBefore: 'Der letzte Tag liegt vor dem ersten.' },
  empty: {
    title: 'Noch keine Initiativen',
    hint: 'Hier stehen Sponsorings, Veranstaltungen und Werbeaktionen, denen Kontakte zugeordnet werden.',
    filteredTitle: 'Nichts läuft oder ist geplant',
    showAll: 'Alle anzeigen',
    paneTitle: 'Keine Initiative gewählt',
    paneHint: 'Wählen Sie eine aus der Liste, um ihre Angaben und die zugeordneten Kontakte zu sehen.',
    missing: 'Diese Initiative ist nicht hier',
    entries: 'Noch keine Kontakte',
    entriesHint: 'Wählen Sie die Initiative beim Erfassen eines Kontakts, dann erscheint er hier.',
  },
}

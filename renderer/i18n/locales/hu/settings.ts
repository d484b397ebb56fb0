import type { Translation } from '../../translation.ts'
import type { settings as original } from '../en/settings.ts'

export const settings: Translation<typeof original> = {
  title: 'Beállítások',
  appearance: {
    title: 'Megjelenés',
    language: 'Nyelv',
    languageSystem: 'Mint a rendszeré',
    theme: 'Téma',
    themes: { system: 'Mint a rendszeré', light: 'Világos', dark: 'Sötét' },
    density: 'Sorok',
    densities: { comfortable: 'Tágas', compact: 'Tömör' },
  },
  notifications: {
    title: 'Értesítések',
    label: 'Emlékeztetők a teendőkről rendszerértesítésként',
    hint: 'Azt jelzik, hogy egy teendő esedékes, akkor is, ha a Rapport zárolva van.',
    names: 'Nevek az értesítésekben',
    namesHint: 'A címet és a háztartást is mutatja. Hagyja kikapcsolva, ahol mások láthatják a képernyőjét; zárolt állapotban soha.',
  },
  connection: {
    title: 'Kapcsolat',
    server: 'Szerver címe',
    serverHint: 'Például https://rapport.ceg.hu. Mielőtt módosítja, kérdezze meg a rendszergazdát.',
    serverInvalid: 'Teljes címet írjon be, amely így kezdődik: https:// (ezen a gépen http:// is lehet).',
    state: 'Állapot',
    lastContact: 'Utolsó kapcsolat',
  },
  device: {
    title: 'Ez a laptop',
    name: 'Név',
    id: 'Eszközszám',
    database: 'Helyi adatbázis',
    sealed: 'A laptop minden adata titkosított. Zároláskor a kulcs törlődik a memóriából.',
    lock: 'Zárolás most',
  },
  devices: {
    title: 'Laptopjai',
    this: 'Ez a laptop',
    seen: 'Utoljára látva',
    never: 'még nem',
    revoked: 'Visszavonva',
    revoke: 'Visszavonás…',
    offline: 'Akkor látható, ha kapcsolódik a szerverhez.',
  },
  about: {
    title: 'A Rapportról',
    version: 'Változat',
    packaged: 'Telepített csomag',
    development: 'Forráskódból indítva',
    licence: 'Licenc',
    licenceText: 'MIT. A Rapport nyílt forrású szoftverekre épül: React, Mantine, Dexie, TanStack Virtual, Electron és mások, saját licencük szerint.',
  },
}

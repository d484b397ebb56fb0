import type { Translation } from '../../translation.ts'
import type { settings as original } from '../en/settings.ts'

export const settings: Translation<typeof original> = {
  title: 'Einstellungen',
  appearance: {
    title: 'Darstellung',
    language: 'Sprache',
    languageSystem: 'Wie das System',
    theme: 'Design',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    density: 'Zeilen',
    densities: { comfortable: 'Großzügig', compact: 'Kompakt' },
  },
  notifications: {
    title: 'Benachrichtigungen',
    label: 'Erinnerungen an Wiedervorlagen als Systembenachrichtigung',
    hint: 'Sie sagen, dass eine Wiedervorlage fällig ist, auch während Rapport gesperrt ist.',
    names: 'Namen in Benachrichtigungen',
    namesHint: 'Ergänzt Titel und Haushalt. Lassen Sie es aus, wo andere Ihren Bildschirm sehen; nie, während Rapport gesperrt ist.',
  },
  connection: {
    title: 'Verbindung',
    server: 'Serveradresse',
    serverHint: 'Zum Beispiel https://rapport.firma.com. Fragen Sie die Administration, bevor Sie sie ändern.',
    serverInvalid: 'Geben Sie eine vollständige Adresse ein, die mit https:// beginnt (oder mit http:// auf diesem Rechner).',
    state: 'Zustand',
    lastContact: 'Letzter Kontakt',
  },
  device: {
    title: 'Dieser Laptop',
    name: 'Name',
    id: 'Gerätenummer',
    database: 'Lokale Datenbank',
    sealed: 'Alle Daten auf diesem Laptop sind verschlüsselt. Beim Sperren wird der Schlüssel aus dem Speicher entfernt.',
    lock: 'Jetzt sperren',
  },
  devices: {
    title: 'Ihre Laptops',
    this: 'Dieser Laptop',
    seen: 'Zuletzt gesehen',
    never: 'noch nicht',
    revoked: 'Zurückgezogen',
    revoke: 'Zurückziehen …',
    offline: 'Wird gezeigt, wenn Sie verbunden sind.',
  },
  about: {
    title: 'Über Rapport',
    version: 'Version',
    packaged: 'Installiertes Paket',
    development: 'Aus dem Quelltext gestartet',
    licence: 'Lizenz',
    licenceText: 'MIT. Rapport beruht auf freier Software: React, Mantine, Dexie, TanStack Virtual, Electron und weiteren unter ihren eigenen Lizenzen.',
  },
}

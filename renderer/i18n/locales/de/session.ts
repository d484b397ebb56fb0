import type { Translation } from '../../translation.ts'
import type { session as original } from '../en/session.ts'

export const session: Translation<typeof original> = {
  signIn: {
    title: 'Bei Rapport anmelden',
    hint: 'Einmal mit Verbindung zum Server. Danach öffnet sich Rapport auf diesem Laptop auch ohne Verbindung.',
    email: 'E-Mail',
    passphrase: 'Passphrase',
    submit: 'Anmelden',
    emailInvalid: 'Geben Sie Ihre vollständige E-Mail-Adresse ein, zum Beispiel anna.nagy@firma.com.',
    passphraseMissing: 'Geben Sie Ihre Passphrase ein.',
    offline: 'Der Server ist nicht erreichbar. Die erste Anmeldung braucht eine Verbindung: Prüfen Sie diese und die Serveradresse unten.',
    server: 'Server',
    changeServer: 'Server ändern',
    serverAddress: 'Serveradresse',
    device: 'Dieser Laptop: {{name}}',
    showPassphrase: 'Passphrase anzeigen oder verbergen',
  },
  unlock: {
    title: 'Rapport ist gesperrt',
    hint: 'Ihre Daten auf diesem Laptop sind versiegelt. Ihre Passphrase öffnet sie, mit oder ohne Verbindung.',
    submit: 'Entsperren',
    someoneElse: 'Jemand anderes?',
  },
  signOut: {
    action: 'Abmelden',
    discard: 'Nicht Gesendetes verwerfen und abmelden',
    question: 'Beim Abmelden werden die Daten dieser Person von diesem Laptop entfernt.',
    confirm: 'Abmelden',
  },
  progress: {
    opening: 'Ihre Daten werden geöffnet',
    pulling: 'Ihre Haushalte werden zum ersten Mal geholt',
    more: 'Weitere Haushalte sind auf dem Weg zu diesem Laptop',
    ready: 'Bereit',
  },
}

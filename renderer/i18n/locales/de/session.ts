import type { Translation } from '../../translation.ts'
import type { session as original } from '../en/session.ts'

export const session: Translation<typeof original> = {
  signIn: {
    title: 'Bei Rapport anmelden',
    hint: 'Einmal mit Verbindung zum Server. Danach öffnet sich Rapport auf diesem Laptop auch ohne Verbindung.',
    email: 'E-Mail',
    passphrase: 'Passphrase',
    accountPassphrase: 'Passphrase des Kontos',
    submit: 'Anmelden',
    emailInvalid: 'Geben Sie Ihre vollständige E-Mail-Adresse ein, zum Beispiel anna.nagy@firma.com.',
    passphraseMissing: 'Geben Sie Ihre Passphrase ein.',
    missing: 'Bitte ausfüllen.',
    offline: 'Der Server ist nicht erreichbar. Die erste Anmeldung braucht eine Verbindung: Prüfen Sie diese und die Serveradresse unten.',
    server: 'Server',
    changeServer: 'Server ändern',
    serverAddress: 'Serveradresse',
    device: 'Dieser Laptop: {{name}}',
    showPassphrase: 'Passphrase anzeigen oder verbergen',
  },
  office: {
    action: 'Mit {{name}} anmelden',
    waiting: 'Ihr Browser ist offen: Melden Sie sich dort an und kommen Sie dann zurück.',
    newTitle: 'Passphrase für diesen Laptop wählen',
    newHint: '{{email}}: Sie sind angemeldet. Diese Passphrase versiegelt Ihre Daten auf diesem Laptop; Ihre Firma kennt sie nicht, und niemand kann sie zurücksetzen.',
    existingTitle: 'Ihre Passphrase für diesen Laptop',
    existingHint: '{{email}}: Ihre Daten sind schon auf diesem Laptop. Seine Passphrase öffnet sie.',
    repeat: 'Dieselbe Passphrase noch einmal',
    differ: 'Die beiden sind nicht gleich.',
    tooShort: 'Mindestens 15 Zeichen; vier Wörter merkt man sich leicht.',
    open: 'Rapport öffnen',
  },
  notice: {
    'device-revoked':
      'Diesem Laptop wurde der Zugang entzogen, und die Daten darauf wurden gelöscht. War das ein Versehen, wenden Sie sich an die Administration und melden Sie sich neu an.',
    'lease-over': 'Dieser Laptop war zu lange ohne Verbindung zum Server, daher hat sich Rapport gesperrt. Verbinden Sie sich, dann entsperren Sie: Nichts ist verloren.',
  },
  unlock: {
    title: 'Rapport ist gesperrt',
    hint: 'Ihre Daten auf diesem Laptop sind versiegelt. Ihre Passphrase öffnet sie, mit oder ohne Verbindung.',
    submit: 'Entsperren',
    signInAnew: 'Neu anmelden',
    someoneElse: 'Jemand anderes?',
    left_one: 'Nach einer weiteren falschen Passphrase werden die Schlüssel dieses Laptops gelöscht.',
    left_other: 'Nach {{count}} weiteren falschen Passphrasen werden die Schlüssel dieses Laptops gelöscht.',
    againAt: 'Der nächste Versuch zählt ab {{time}} Uhr.',
  },
  signOut: {
    action: 'Abmelden',
    look: 'Nicht Gesendetes ansehen',
    discard: 'Verwerfen und abmelden',
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

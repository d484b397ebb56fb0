import type { Translation } from '../../translation.ts'
import type { session as original } from '../en/session.ts'

export const session: Translation<typeof original> = {
  signIn: {
    title: 'Bejelentkezés a Rapportba',
    hint: 'Egyszer, online állapotban. Utána a Rapport ezen a laptopon kapcsolat nélkül is megnyílik.',
    email: 'E-mail-cím',
    passphrase: 'Jelmondat',
    accountPassphrase: 'A fiók jelmondata',
    submit: 'Bejelentkezés',
    emailInvalid: 'Írja be a teljes e-mail-címét, például nagy.anna@ceg.hu.',
    passphraseMissing: 'Írja be a jelmondatát.',
    missing: 'Kérjük, töltse ki.',
    offline: 'A szerver nem érhető el. Az első bejelentkezéshez kapcsolat kell: ellenőrizze, és nézze meg lent a szerver címét is.',
    server: 'Szerver',
    changeServer: 'Szerver módosítása',
    serverAddress: 'Szerver címe',
    device: 'Ez a laptop: {{name}}',
    showPassphrase: 'Jelmondat megjelenítése vagy elrejtése',
  },
  office: {
    action: 'Bejelentkezés ezzel: {{name}}',
    waiting: 'A böngésző megnyílt: jelentkezzen be ott, majd térjen vissza.',
    newTitle: 'Válasszon jelmondatot ehhez a laptophoz',
    newHint: '{{email}}: bejelentkezett. Ez a jelmondat zárja le az adatait ezen a laptopon; a cége nem ismeri, és senki sem tudja visszaállítani.',
    existingTitle: 'A laptophoz tartozó jelmondata',
    existingHint: '{{email}}: az adatai már ezen a laptopon vannak. A laptop jelmondata nyitja meg őket.',
    repeat: 'Ugyanaz a jelmondat még egyszer',
    differ: 'A kettő nem egyezik.',
    tooShort: 'Legalább 15 karakter; négy szót könnyű megjegyezni.',
    open: 'Rapport megnyitása',
  },
  notice: {
    'device-revoked':
      'Ennek a laptopnak a hozzáférését visszavonták, és a rajta lévő adatokat törölték. Ha ez tévedés volt, forduljon a rendszergazdához, majd jelentkezzen be újra.',
    'lease-over': 'Ez a laptop túl sokáig nem érte el a szervert, ezért a Rapport zárolta magát. Kapcsolódjon, majd oldja fel: semmi sem veszett el.',
  },
  unlock: {
    title: 'A Rapport zárolva van',
    hint: 'Az Ön adatai titkosítva vannak ezen a laptopon. A jelmondata nyitja meg őket, kapcsolattal vagy anélkül.',
    submit: 'Feloldás',
    signInAnew: 'Új bejelentkezés',
    someoneElse: 'Másvalaki?',
    left_one: 'Még egy hibás jelmondat után a laptop kulcsai törlődnek.',
    left_other: 'Még {{count}} hibás jelmondat után a laptop kulcsai törlődnek.',
    againAt: 'A következő próbálkozás ettől lehetséges: {{time}}.',
  },
  signOut: {
    action: 'Kijelentkezés',
    look: 'El nem küldött munka megtekintése',
    discard: 'Elvetés és kijelentkezés',
    question: 'Kijelentkezéskor a személy adatai törlődnek erről a laptopról.',
    confirm: 'Kijelentkezés',
  },
  progress: {
    opening: 'Az adatai megnyitása',
    pulling: 'A háztartásai első letöltése',
    more: 'További háztartások úton vannak erre a laptopra',
    ready: 'Kész',
  },
}

import type { Translation } from '../../translation.ts'
import type { errors as original } from '../en/errors.ts'

export const errors: Translation<typeof original> = {
  'app/bug': 'Olyasmi hibásodott meg, aminek nem lett volna szabad. Kérjük, próbálja újra; ha megismétlődik, jelentse a kóddal és az időponttal.',
  'app/ipc-malformed': 'A Rapport részei nem értették egymást. Semmi sem változott; kérjük, jelentse.',
  'app/ipc-untrusted': 'Egy kérés nem az alkalmazásból érkezett, ezért elutasítottuk. Kérjük, jelentse.',

  'request/malformed': 'A szerver nem tudta értelmezni a kérést. Javítsa a megnevezett mezőt, és próbálja újra.',
  'request/not-found': 'A szerver nem ismeri ezt a címet. Ellenőrizze a szerver címét a beállításokban.',
  'request/too-large': 'Ez több, mint amennyit a szerver egyszerre elfogad. Küldjön kevesebbet vagy kisebb fájlt.',
  'request/too-many': 'Túl sok kérés érkezett rövid idő alatt. Kérjük, várjon egy kicsit; magától folytatódik.',
  'server/unavailable': 'A szerver jelenleg nem áll készen. Semmi sem vész el; magától újrapróbáljuk.',
  'server/history-differs': 'A szervert ellenőrzik: a naplója nem az, ami volt. A munkája itt megmarad, és utána elküldjük.',

  'session/wrong-credentials': 'Az e-mail-cím vagy a jelmondat hibás. Kérjük, írja be mindkettőt újra.',
  'session/locked-out': 'Túl sok hibás jelmondat. Kérjük, várjon, mielőtt újra próbálja.',
  'session/inactive': 'Az Ön hozzáférése megszűnt. Kérjük, forduljon a rendszergazdához.',
  'session/expired': 'A munkamenete lejárt. Kérjük, jelentkezzen be újra; az el nem küldött munkája biztonságban marad ezen a laptopon.',
  'session/step-up-needed': 'Ehhez az elmúlt 15 percben be kellett jelentkeznie. Jelentkezzen be újra, majd ismételje meg.',
  'session/device-taken': 'Ez a laptop másvalaki nevére van bejegyezve. Előbb neki kell kijelentkeznie rajta.',
  'session/device-revoked': 'A laptop hozzáférését visszavonták. Kérjük, forduljon a rendszergazdához.',
  'session/not-open': 'Senki sincs bejelentkezve, vagy a Rapport zárolva van. A folytatáshoz jelentkezzen be, vagy oldja fel a zárolást.',
  'session/keys-erased':
    'A jelmondat tízszer hibás volt, ezért a laptop kulcsait töröltük. Jelentkezzen be újra online állapotban: az adatai visszajönnek a szerverről. A még el nem küldött munkát a cége vissza tudja állítani.',
  'session/wrong-passphrase': 'Ez a jelmondat nem nyitja meg a laptop adatait. Kérjük, írja be újra.',
  'session/no-vault': 'Ezen a laptopon még senki sem jelentkezett be. Kérjük, online állapotban jelentkezzen be.',
  'session/keychain-missing':
    'Az operációs rendszer kulcstára már nem őrzi a laptop kulcsának rá eső részét. Oldja fel a kulcstárat, vagy lépjen be a gépre a szokásos módon, és próbálja újra: semmi sem veszett el. Ha végleg eltűnt, jelentkezzen be újra online állapotban; az el nem küldött munkát a cége helyre tudja állítani.',
  'session/lease-over': 'Ez a laptop túl sokáig nem érte el a szervert, vagy visszaállították az óráját. Csatlakozzon a szerverhez, és oldja fel újra. Semmi sem vész el.',
  'session/oidc-off': 'Ezen a szerveren nincs céges bejelentkezés. Jelentkezzen be e-mail-címmel és jelmondattal.',
  'session/oidc-unreachable': 'A cég bejelentkezési szolgáltatása nem érhető el. Kérjük, próbálja újra kis idő múlva.',
  'session/oidc-refused': 'A cég bejelentkezési szolgáltatása nem erősítette meg a bejelentkezést. Kérjük, kezdje újra.',
  'session/oidc-unknown-person': 'Az a fiók, amellyel bejelentkezett, itt senkihez sem tartozik. Kérjük, forduljon a rendszergazdához.',
  'session/oidc-given-up': 'A böngészőben nem fejeződött be a bejelentkezés. Kérjük, kezdje újra.',
  'session/weak-passphrase': 'Kérjük, legalább 15 karakteres jelmondatot válasszon. Négy szót könnyű megjegyezni.',
  'session/account-passphrase-needed': 'A szerver azt kéri, hogy igazolja magát. Ennek a laptopnak saját jelmondata van: kérjük, írja be a fiókja jelmondatát is.',
  'session/unsent-work': 'A laptopon végzett munkája egy részét még nem küldtük el. Csatlakozzon, és várja meg az elküldést, vagy vesse el.',

  'recovery/key-changed':
    'A szerver más helyreállító kulcsot kínál a cég nevében, mint eddig. A kulcsait nem zártuk le ezzel. A beállításokban csak akkor erősítse meg, ha két munkatársa megmondta az ujjlenyomat rájuk eső felét.',
  'recovery/other-fingerprint':
    'Ez nem annak a kulcsnak az ujjlenyomata, amelyet a szerver kínál. Kérdezze meg újra mindkét munkatársát; ha így marad, jelentse: valaki az adataira pályázhat.',

  'sync/offline': 'A szerver nem érhető el. Nyugodtan dolgozhat tovább; mindent elküldünk, amint a kapcsolat helyreáll.',
  'sync/client-too-old': 'A szerver már nem támogatja a Rapportnak ezt a változatát. Kérjük, frissítse; az el nem küldött munkája megmarad.',
  'sync/gap': 'A szerverről hiányzik a laptop egy korábbi módosítása. Magától újraküldjük.',
  'sync/reused-id': 'Egy módosítás ugyanazzal a számmal, de más tartalommal érkezett vissza. Semmit sem írtunk felül; kérjük, jelentse.',
  'sync/bad-signature': 'A szerver nem tudta egy módosítás aláírását ehhez a laptophoz kötni. A módosítás itt marad, és újra megpróbáljuk; kérjük, jelentse.',
  'sync/history-changed': 'A szerver naplójában már nincs benne, amit ez a laptop látott belőle. Dolgozzon tovább, semmi sem vész el; kérjük, szóljon a megfelelőségi osztálynak.',

  'storage/write-failed':
    'A lemez nem fogadta be az adatokat: megtelt vagy meghibásodott. Semmit sem mentettünk. Szabadítson fel helyet, majd mentsen újra. Ha ez nem segít, másolja ki a beírt szöveget, és indítsa újra a Rapportot.',
  'storage/vault-damaged': 'A laptop kulcsait őrző fájl megsérült vagy megváltozott. Jelentkezzen be újra online állapotban; a régi fájlokat félretesszük. Kérjük, jelentse.',
  'storage/journal-damaged': 'Az el nem küldött munkáját őrző fájl megsérült. Ami olvasható volt, megmaradt. Kérjük, ne jelentkezzen ki, és jelentse a hibát.',

  'command/unknown': 'A szerver még nem ismeri ezt a fajta módosítást. Frissítse a Rapportot, vagy próbálja később.',
  'command/malformed': 'Az egyik mező formája hibás ({{path}}). Javítsa, és küldje el újra.',

  'access/not-found': 'Ez a bejegyzés nem létezik, vagy Ön nem láthatja. Ellenőrizze, hogy még gondozza-e ezt a háztartást.',
  'access/role': 'Az Ön szerepköre ezt nem engedi. Kérjen meg valakit, akinek a szerepköre igen.',
  'access/coverage-ended': 'Ön már nem gondozza ezt a háztartást. Kérje meg a csoportvezetőt, hogy ossza újra Önre, vagy adja át a jegyzetet a vezető tanácsadónak.',
  'access/not-author': 'Ezt csak az módosíthatja, aki létrehozta. Kérjük, forduljon hozzá.',
  'access/four-eyes': 'Ön érintett ebben a bejelentésben, ezért nem dönthet róla. Bízza egy másik ellenőrre.',

  'conflict/field': 'Valaki más időközben módosította ugyanezt a mezőt. Hasonlítsa össze az értékeket, és válasszon.',
  'conflict/exists': 'Ezzel a számmal már létezik bejegyzés. Kérjük, jelentse.',

  'contact/voided': 'Ezt a bejegyzést érvénytelenítették. Rögzítsen helyette újat.',
  'contact/reason-needed': '24 óra elteltével a módosításhoz indoklás kell. Kérjük, adja meg.',
  'contact/in-the-future': 'A kapcsolat időpontja a jövőben van. Ellenőrizze a dátumot és az időt, vagy vegyen fel inkább teendőt.',
  'contact/attendee-unknown': 'Az egyik résztvevő nem tartozik ehhez a háztartáshoz. Válasszon a háztartás tagjai közül.',
  'contact/has-decided-claim': 'A bejegyzés egyik bejelentéséről már döntöttek, ezért nem érvényteleníthető. Helyesbítse inkább.',
  'contact/quiet-period': 'Ez a háztartás csendes időszakban van. Várja meg a végét; az ügyfélnek bármikor válaszolhat.',

  'follow-up/done': 'Ez a teendő már el van intézve. Előbb nyissa újra.',
  'follow-up/not-done': 'Ez a teendő már nyitva van. Nincs tennivaló.',
  'follow-up/assignee': 'A kiválasztott személy nem gondozza ezt a háztartást. Válasszon olyat, aki igen.',

  'outcome/split': 'A megosztás nem ad ki 100%-ot. Javítsa a részesedéseket.',
  'outcome/account': 'A számla nem ehhez a háztartáshoz tartozik, vagy lezárták. Válasszon másik számlát.',
  'outcome/account-needed': 'Befizetéshez vagy ígérethez meg kell adni azt a számlát, amelyre a pénz érkezik. Kérjük, válassza ki.',
  'outcome/expected-needed': 'Ígérethez meg kell adni a napot, amikorra a pénz várható. Kérjük, adja meg.',
  'outcome/decided': 'Erről a bejelentésről már döntöttek, és a döntés érvényes. Ha van új eredmény, jelentse be külön.',
  'outcome/currency': 'A számla pénzneme {{currency}}. Ebben a pénznemben adja meg az összeget.',

  'verification/not-open': 'Erről a bejelentésről már nem lehet dönteni. Nézze meg újra az ügyet.',
  'verification/evidence-needed': 'A jóváhagyáshoz bizonyíték kell. Válasszon banki tételeket, megbízás esetén pedig az aláírt megbízási szerződést.',
  'verification/evidence-unfit': 'Az egyik tétel nem lehet bizonyíték ehhez a bejelentéshez. Válasszon könyvelt jóváírást a háztartás egyik számláján.',
  'verification/line-used': 'Ennek a tételnek az összegét már egy másik bejelentéshez használták; ennyi maradt belőle: {{available}}. Válasszon másik tételt vagy kisebb részt.',
  'verification/amount': 'A bizonyíték összege ennyivel marad el a bejelentéstől: {{missing}}. Hagyja jóvá részben, vagy válasszon további tételeket.',
  'verification/above-claim': 'A bizonyíték több a bejelentésnél. A tételből csak annyit használjon fel, amennyit bejelentettek.',
  'verification/amount-not-part': 'A bizonyíték nem kevesebb a bejelentésnél. Hagyja jóvá egészében.',
  'verification/second-controller': 'Ehhez az összeghez egy második, másik ellenőr is kell. Bízza egy kollégájára.',
  'verification/evidence-differs': 'A második ellenőr más bizonyítékot választott, mint az első. Használja ugyanazt, vagy küldje vissza a bejelentést.',

  'feed/file-missing': 'A fájl még nem érkezett meg a szerverre. Magától újraküldjük.',
  'feed/unreadable': 'A fájl nem olvasható. Exportálja újra a bankból.',
  'feed/unknown-format': 'A fájl nem camt.05x és nem MT94x formátumú. Válassza a bank számlakivonat-fájlját.',
  'feed/too-large': 'A fájl nagyobb 20 MB-nál. Kérjen a banktól rövidebb időszakot.',
  'feed/too-many-lines': 'A fájl több mint 100 000 tételt tartalmaz. Kérjen a banktól rövidebb időszakot.',
  'feed/malformed': 'A fájl nem felel meg a saját formátumának. Exportálja újra a bankból.',
  'feed/doctype-forbidden': 'A fájlban DOCTYPE-deklaráció van, amelyre egyetlen kivonatnak sincs szüksége. Kérjen a banktól szabályos fájlt.',
  'feed/balance-mismatch': 'A nyitóegyenleg és a tételek nem adják ki a záróegyenleget. Kérje el a banktól a teljes kivonatot.',
  'feed/balance-missing': 'A végleges kivonatból hiányzik a nyitó- vagy a záróegyenleg. Kérje el a banktól a teljes kivonatot.',
  'feed/opening-mismatch': 'A nyitóegyenleg nem egyezik az előző kivonat záróegyenlegével. Előbb a hiányzó kivonatot olvassa be, vagy kérdezze meg a bankot.',
  'feed/balance-currency': 'Az egyik egyenleg pénzneme eltér a számláétól. Kérjen a banktól javított kivonatot.',
  'feed/sequence-gap': 'Hiányzik egy korábbi kivonat. Előbb a hiányzót olvassa be.',
  'feed/statement-seen-before': 'Ezt a kivonatot már beolvasták. Nincs tennivaló.',
  'feed/line-currency': 'Az egyik tétel pénzneme eltér a számláétól. Kérjen a banktól javított kivonatot.',
  'feed/no-account': 'A kivonat nem nevez meg számlát. Kérjen a banktól javított kivonatot.',
  'feed/no-booking-date': 'Az egyik könyvelt tételnek nincs könyvelési dátuma. Kérjen a banktól javított kivonatot.',

  'household/no-head': 'Egy háztartásnak pontosan egy háztartásfője van. Előbb válassza ki, ki az.',
  'account/owners': 'A tulajdonosok részesedése nem ad ki 100%-ot, vagy az egyik tulajdonos nem tagja a háztartásnak. Javítsa a tulajdonosokat.',
  'account/name': 'Egy számlához érvényes IBAN, vagy letétkezelő és számlaszám kell. Ellenőrizze az IBAN számjegyeit.',
  'coverage/lead-exists': 'A háztartásnak már van vezető tanácsadója. Előbb az ő gondozását fejezze be.',
  'coverage/dates': 'A gondozás hamarabb érne véget, mint ahogy elkezdődik. Javítsa a dátumokat.',
  'coverage/ended': 'Ez a gondozás már befejeződött. Nincs tennivaló.',
  'initiative/dates': 'A kezdeményezés hamarabb érne véget, mint ahogy elkezdődik. Javítsa a dátumokat.',
}

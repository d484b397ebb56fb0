import type { Translation } from '../../translation.ts'
import type { errors as original } from '../en/errors.ts'

export const errors: Translation<typeof original> = {
  'app/bug': 'Es ist etwas fehlgeschlagen, das nicht hätte fehlschlagen dürfen. Bitte versuchen Sie es erneut; tritt es wieder auf, melden Sie es mit Code und Uhrzeit.',
  'app/ipc-malformed': 'Teile von Rapport haben einander nicht verstanden. Es wurde nichts geändert; bitte melden Sie es.',
  'app/ipc-untrusted': 'Eine Anfrage kam nicht aus der App und wurde abgewiesen. Bitte melden Sie es.',

  'request/malformed': 'Der Server konnte die Anfrage nicht lesen. Berichtigen Sie das genannte Feld und versuchen Sie es erneut.',
  'request/not-found': 'Der Server kennt diese Adresse nicht. Prüfen Sie die Serveradresse in den Einstellungen.',
  'request/too-large': 'Das ist mehr, als der Server auf einmal annimmt. Senden Sie weniger oder eine kleinere Datei.',
  'request/too-many': 'Zu viele Anfragen in kurzer Zeit. Bitte warten Sie einen Moment; es geht von selbst weiter.',
  'server/unavailable': 'Der Server ist im Moment nicht bereit. Nichts geht verloren; es wird von selbst erneut versucht.',
  'server/history-differs': 'Der Server wird geprüft: Seine Aufzeichnung ist nicht mehr die frühere. Ihre Arbeit bleibt hier und wird danach gesendet.',

  'session/wrong-credentials': 'E-Mail oder Passphrase ist falsch. Bitte geben Sie beides erneut ein.',
  'session/locked-out': 'Zu viele falsche Passphrasen. Bitte warten Sie, bevor Sie es erneut versuchen.',
  'session/inactive': 'Ihr Zugang ist beendet. Bitte wenden Sie sich an die Administration.',
  'session/expired': 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich neu an; noch nicht Gesendetes bleibt auf diesem Laptop gesichert.',
  'session/step-up-needed': 'Dafür müssen Sie sich in den letzten 15 Minuten angemeldet haben. Melden Sie sich noch einmal an, und wiederholen Sie es.',
  'session/device-taken': 'Dieser Laptop ist auf eine andere Person registriert. Sie muss sich hier zuerst abmelden.',
  'session/device-revoked': 'Der Zugang dieses Laptops wurde entzogen. Bitte wenden Sie sich an die Administration.',
  'session/not-open': 'Niemand ist angemeldet, oder Rapport ist gesperrt. Melden Sie sich an oder entsperren Sie.',
  'session/keys-erased':
    'Die Passphrase war zehnmal falsch, daher wurden die Schlüssel dieses Laptops gelöscht. Melden Sie sich online neu an: Ihre Daten kommen vom Server zurück. Noch nicht gesendete Arbeit kann Ihre Firma wiederherstellen.',
  'session/wrong-passphrase': 'Diese Passphrase öffnet die Daten dieses Laptops nicht. Bitte geben Sie sie erneut ein.',
  'session/no-vault': 'Auf diesem Laptop hat sich noch niemand angemeldet. Bitte melden Sie sich mit Verbindung zum Server an.',
  'session/keychain-missing':
    'Der Schlüsselbund des Betriebssystems enthält seinen Teil des Schlüssels nicht mehr. Entsperren Sie ihn oder melden Sie sich am Laptop wie gewohnt an, und versuchen Sie es erneut: Nichts ist verloren. Ist er endgültig weg, melden Sie sich online neu an; noch nicht Gesendetes kann Ihre Firma wiederherstellen.',
  'session/lease-over':
    'Dieser Laptop war zu lange ohne Verbindung zum Server, oder seine Uhr wurde zurückgestellt. Verbinden Sie sich mit dem Server und entsperren Sie erneut. Nichts geht verloren.',
  'session/oidc-off': 'Dieser Server bietet keine Anmeldung über die Firma an. Melden Sie sich mit E-Mail und Passphrase an.',
  'session/oidc-unreachable': 'Der Anmeldedienst Ihrer Firma ist nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
  'session/oidc-refused': 'Der Anmeldedienst Ihrer Firma hat die Anmeldung nicht bestätigt. Bitte beginnen Sie noch einmal.',
  'session/oidc-unknown-person': 'Das Konto, mit dem Sie sich angemeldet haben, gehört hier niemandem. Bitte fragen Sie die Administration.',
  'session/oidc-given-up': 'Die Anmeldung im Browser wurde nicht abgeschlossen. Bitte beginnen Sie noch einmal.',
  'session/weak-passphrase': 'Bitte wählen Sie eine Passphrase mit mindestens 15 Zeichen. Vier Wörter merkt man sich leicht.',
  'session/account-passphrase-needed': 'Der Server fragt, wer Sie sind. Dieser Laptop hat eine eigene Passphrase: Geben Sie bitte auch die Ihres Kontos ein.',
  'session/unsent-work': 'Ein Teil Ihrer Arbeit auf diesem Laptop ist noch nicht gesendet. Gehen Sie online und warten Sie den Versand ab, oder verwerfen Sie diesen Teil.',

  'recovery/key-changed':
    'Der Server bietet einen anderen Wiederherstellungsschlüssel Ihrer Firma an als bisher. Ihre Schlüssel wurden nicht für ihn versiegelt. Bestätigen Sie ihn in den Einstellungen erst, wenn zwei Personen Ihnen je ihre Hälfte des Fingerabdrucks genannt haben.',
  'recovery/other-fingerprint':
    'Das ist nicht der Fingerabdruck des Schlüssels, den der Server anbietet. Fragen Sie beide Personen noch einmal; bleibt es dabei, melden Sie es: Jemand könnte es auf Ihre Daten abgesehen haben.',

  'sync/offline': 'Der Server ist nicht erreichbar. Sie können weiterarbeiten; alles wird gesendet, sobald die Verbindung wieder besteht.',
  'sync/client-too-old': 'Der Server unterstützt diese Version von Rapport nicht mehr. Bitte aktualisieren Sie; noch nicht Gesendetes bleibt erhalten.',
  'sync/gap': 'Dem Server fehlt eine frühere Änderung dieses Laptops. Sie wird von selbst erneut gesendet.',
  'sync/reused-id': 'Eine Änderung kam unter derselben Nummer mit anderem Inhalt zurück. Nichts wurde überschrieben; bitte melden Sie es.',
  'sync/bad-signature': 'Der Server konnte eine Änderung nicht der Unterschrift dieses Laptops zuordnen. Sie bleibt hier und wird erneut gesendet; bitte melden Sie es.',
  'sync/history-changed':
    'Die Aufzeichnung des Servers enthält nicht mehr, was dieser Laptop von ihr gesehen hat. Arbeiten Sie weiter, nichts von Ihnen geht verloren; bitte sagen Sie es der Compliance.',

  'storage/write-failed':
    'Die Festplatte hat die Daten nicht angenommen; sie ist voll oder defekt. Es wurde nichts gespeichert. Schaffen Sie Platz und speichern Sie erneut. Hilft das nicht, kopieren Sie Ihren Text und starten Sie Rapport neu.',
  'storage/vault-damaged':
    'Die Datei mit den Schlüsseln dieses Laptops ist beschädigt oder wurde verändert. Melden Sie sich mit Verbindung zum Server neu an; die alten Dateien werden aufbewahrt. Bitte melden Sie den Fehler.',
  'storage/journal-damaged':
    'Die Datei mit Ihrer noch nicht gesendeten Arbeit ist beschädigt. Was lesbar war, ist erhalten. Bitte melden Sie sich nicht ab und melden Sie den Fehler.',

  'command/unknown': 'Der Server kennt diese Art von Änderung noch nicht. Aktualisieren Sie Rapport oder versuchen Sie es später.',
  'command/malformed': 'Ein Feld hat die falsche Form ({{path}}). Berichtigen Sie es und senden Sie erneut.',

  'access/not-found': 'Diesen Datensatz gibt es nicht, oder er ist für Sie nicht sichtbar. Prüfen Sie, ob Sie diesen Haushalt noch betreuen.',
  'access/role': 'Ihre Rolle umfasst das nicht. Bitten Sie jemanden mit der passenden Rolle.',
  'access/coverage-ended': 'Ihre Betreuung dieses Haushalts ist beendet. Bitten Sie die Teamleitung um Betreuung, oder übergeben Sie die Notiz an die Hauptbetreuung.',
  'access/not-author': 'Nur wer dies angelegt hat, darf es ändern. Bitte wenden Sie sich an diese Person.',
  'access/four-eyes': 'Sie sind an dieser Meldung beteiligt und dürfen sie nicht entscheiden. Überlassen Sie sie einer anderen prüfenden Person.',

  'conflict/field': 'Jemand anderes hat dasselbe Feld inzwischen geändert. Vergleichen Sie die Werte und wählen Sie.',
  'conflict/exists': 'Einen Datensatz mit dieser Nummer gibt es bereits. Bitte melden Sie es.',

  'contact/voided': 'Dieser Eintrag wurde storniert. Erfassen Sie einen neuen.',
  'contact/reason-needed': 'Nach 24 Stunden braucht eine Änderung eine Begründung. Bitte geben Sie sie an.',
  'contact/in-the-future': 'Der Kontakt liegt in der Zukunft. Prüfen Sie Datum und Uhrzeit, oder planen Sie eine Wiedervorlage.',
  'contact/attendee-unknown': 'Eine der Personen gehört nicht zu diesem Haushalt. Wählen Sie aus den Personen des Haushalts.',
  'contact/has-decided-claim': 'Über eine Meldung dieses Eintrags wurde bereits entschieden, er lässt sich nicht stornieren. Berichtigen Sie ihn stattdessen.',
  'contact/quiet-period': 'Für diesen Haushalt gilt eine Ruhezeit. Warten Sie ihr Ende ab; antworten können Sie dem Kunden jederzeit.',

  'follow-up/done': 'Diese Wiedervorlage ist bereits erledigt. Öffnen Sie sie zuerst wieder.',
  'follow-up/not-done': 'Diese Wiedervorlage ist bereits offen. Es ist nichts zu tun.',
  'follow-up/assignee': 'Die gewählte Person betreut diesen Haushalt nicht. Wählen Sie jemanden, der ihn betreut.',

  'outcome/split': 'Die Aufteilung ergibt nicht 100 %. Berichtigen Sie die Anteile.',
  'outcome/account': 'Das Konto gehört nicht zu diesem Haushalt oder ist geschlossen. Wählen Sie ein anderes.',
  'outcome/account-needed': 'Eine Einzahlung oder Zusage braucht das Konto, auf dem das Geld eingeht. Bitte wählen Sie es.',
  'outcome/expected-needed': 'Eine Zusage braucht den Tag, an dem das Geld erwartet wird. Bitte geben Sie ihn an.',
  'outcome/decided': 'Über diese Meldung wurde bereits entschieden, und die Entscheidung gilt. Melden Sie ein neues Ergebnis, falls es eines gibt.',
  'outcome/currency': 'Das Konto wird in {{currency}} geführt. Geben Sie den Betrag in dieser Währung an.',

  'verification/not-open': 'Über diese Meldung kann nicht mehr entschieden werden. Sehen Sie sich den Fall erneut an.',
  'verification/evidence-needed': 'Eine Bestätigung braucht einen Nachweis. Wählen Sie Buchungen oder bei einem Mandat den unterzeichneten Mandatsvertrag.',
  'verification/evidence-unfit': 'Eine der Buchungen taugt nicht als Nachweis. Wählen Sie eine gebuchte Gutschrift auf einem Konto des Haushalts.',
  'verification/line-used':
    'Das Geld dieser Buchung ist schon für eine andere Meldung verwendet; davon sind {{available}} übrig. Wählen Sie eine andere Buchung oder einen kleineren Teil.',
  'verification/amount': 'Der Nachweis bleibt um {{missing}} unter der Meldung. Bestätigen Sie teilweise, oder wählen Sie weitere Buchungen.',
  'verification/above-claim': 'Der Nachweis ist höher als die Meldung. Verwenden Sie nur so viel von der Buchung, wie gemeldet ist.',
  'verification/amount-not-part': 'Der Nachweis liegt nicht unter der Meldung. Bestätigen Sie sie ganz.',
  'verification/second-controller': 'Dieser Betrag braucht eine zweite, andere prüfende Person. Überlassen Sie ihn einer Kollegin oder einem Kollegen.',
  'verification/evidence-differs': 'Die zweite Prüfung nennt andere Nachweise als die erste. Verwenden Sie dieselben, oder geben Sie die Meldung zurück.',

  'feed/file-missing': 'Die Datei ist noch nicht beim Server angekommen. Sie wird von selbst erneut gesendet.',
  'feed/unreadable': 'Die Datei lässt sich nicht lesen. Exportieren Sie sie bei der Bank erneut.',
  'feed/unknown-format': 'Die Datei ist weder camt.05x noch MT94x. Wählen Sie die Auszugsdatei der Bank.',
  'feed/too-large': 'Die Datei ist größer als 20 MB. Bitten Sie die Bank um einen kürzeren Zeitraum.',
  'feed/too-many-lines': 'Die Datei hat mehr als 100.000 Buchungen. Bitten Sie die Bank um einen kürzeren Zeitraum.',
  'feed/malformed': 'Die Datei verletzt ihr eigenes Format. Exportieren Sie sie bei der Bank erneut.',
  'feed/doctype-forbidden': 'Die Datei enthält eine DOCTYPE-Angabe, die kein Kontoauszug braucht. Bitten Sie die Bank um eine saubere Datei.',
  'feed/balance-mismatch': 'Anfangssaldo und Buchungen ergeben nicht den Endsaldo. Bitten Sie die Bank um den vollständigen Auszug.',
  'feed/balance-missing': 'Einem endgültigen Auszug fehlt der Anfangs- oder der Endsaldo. Bitten Sie die Bank um den vollständigen Auszug.',
  'feed/opening-mismatch': 'Der Anfangssaldo ist nicht der Endsaldo des vorigen Auszugs. Importieren Sie zuerst den fehlenden Auszug, oder fragen Sie die Bank.',
  'feed/balance-currency': 'Ein Saldo lautet auf eine andere Währung als das Konto. Bitten Sie die Bank um einen berichtigten Auszug.',
  'feed/sequence-gap': 'Ein früherer Auszug fehlt. Importieren Sie zuerst den fehlenden Auszug.',
  'feed/statement-seen-before': 'Dieser Auszug wurde bereits importiert. Es ist nichts zu tun.',
  'feed/line-currency': 'Eine Buchung lautet auf eine andere Währung als das Konto. Bitten Sie die Bank um einen berichtigten Auszug.',
  'feed/no-account': 'Der Auszug nennt kein Konto. Bitten Sie die Bank um einen berichtigten Auszug.',
  'feed/no-booking-date': 'Eine Buchung hat kein Buchungsdatum. Bitten Sie die Bank um einen berichtigten Auszug.',

  'household/no-head': 'Ein Haushalt hat genau ein Oberhaupt. Bestimmen Sie zuerst, wer es ist.',
  'account/owners': 'Die Anteile der Inhaber ergeben nicht 100 %, oder ein Inhaber gehört nicht zum Haushalt. Berichtigen Sie die Inhaber.',
  'account/name': 'Ein Konto braucht eine gültige IBAN oder Depotbank und Nummer. Prüfen Sie die Ziffern der IBAN.',
  'coverage/lead-exists': 'Der Haushalt hat bereits eine Hauptbetreuung. Beenden Sie zuerst diese.',
  'coverage/dates': 'Die Betreuung würde enden, bevor sie beginnt. Berichtigen Sie die Daten.',
  'coverage/ended': 'Diese Betreuung ist bereits beendet. Es ist nichts zu tun.',
  'initiative/dates': 'Die Initiative würde enden, bevor sie beginnt. Berichtigen Sie die Daten.',
}

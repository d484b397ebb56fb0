import { makeCamt053, type StatementCredit } from '../../server/sample/make-statement.ts'
import type { Account } from '../../shared/domain/account/account.ts'
import { addDays } from '../../shared/lib/local-date.ts'
import type { FileToImport } from './pages/verification-page.ts'

/** Statement numbers far above those of the sample firm, whose accounts were not all fed before. */
interface StatementSpec {
  readonly account: Account
  readonly broken: Account // gets a second statement whose balances do not add up
  readonly credit: StatementCredit
  readonly sequence: number
  readonly openingMinor: number
}

/** A camt.053 file as a bank makes it: one statement with the credit, and one that has to be quarantined. */
export function makeStatementFile({ account, broken, credit, sequence, openingMinor }: StatementSpec): FileToImport {
  const { bookedOn } = credit
  const bytes = makeCamt053(`E2E-${bookedOn}-${sequence}`, addDays(bookedOn, -1), bookedOn, [
    { iban: account.iban ?? '', currency: account.currency, sequence, openingMinor, credits: [credit] },
    { iban: broken.iban ?? '', currency: broken.currency, sequence: 1, openingMinor: 0, credits: [{ ...credit, amountMinor: 5_000_00 }], closingErrorMinor: 100 },
  ])
  return { name: `statement-${bookedOn}.xml`, bytes }
}

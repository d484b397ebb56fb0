/**
 * `node server/people/add-people.ts PEOPLE.json`: adds an office's people and teams to the database of DATABASE_URL, and
 * prints a passphrase for each new person, once. May run beside the server.
 */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Signer } from '../../shared/sync/signing.ts'
import { openServerSigner } from '../audit/server-signer.ts'
import { readConfig } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { type Db, openDatabase } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import { addColleagues, nameFirm } from './add-colleagues.ts'
import { type FirmPeople, type PeopleFile, peopleFileSchema, planPeople } from './people-file.ts'

/** Without letters and digits that are taken for each other: 25 of 31 characters are 123 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const newGroup = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
const newPassphrase = (): string => Array.from({ length: 5 }, newGroup).join('-')

/** Throws with one line for each field that is wrong. */
function readPeopleFile(path: string): PeopleFile {
  const parsed = peopleFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

async function loadKnown(db: Db): Promise<FirmPeople> {
  const [colleagues, teams] = await Promise.all([selectRows(db, 'colleagues', sql`true`), selectRows(db, 'teams', sql`true`)])
  return { colleagues: colleagues.map((c) => c.row), teams: teams.map((t) => t.row) }
}

async function addPeople(db: Db, file: PeopleFile, signer: Signer): Promise<void> {
  await migrate(db)
  const plan = planPeople(file, await loadKnown(db), v7)
  if (!plan.ok) throw new Error(plan.error.join('\n'))
  const people = plan.value.colleagues.map((colleague) => ({ colleague, passphrase: newPassphrase() }))
  if (people.length === 0 && plan.value.teams.length > 0) throw new Error('A new team comes with at least one new person')
  if (file.firm !== undefined) await nameFirm(db, file.firm)
  if (people.length > 0) await addColleagues(db, people, plan.value.teams, Date.now(), signer)
  for (const { colleague, passphrase } of people) console.log(`${colleague.email}\t${passphrase}`)
  console.error(`${people.length} added, ${file.people.length - people.length} were there already`)
}

async function main(path: string | undefined): Promise<void> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  if (path === undefined || databaseUrl === null) throw new Error('Usage: DATABASE_URL=postgres://… node server/people/add-people.ts PEOPLE.json')
  const file = readPeopleFile(path)
  const db = openDatabase(databaseUrl, () => undefined, 2)
  try {
    await addPeople(db, file, openServerSigner(dataDir))
  } finally {
    await db.destroy()
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

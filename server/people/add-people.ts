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
import type { Db } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import { openPostgres } from '../open-postgres.ts'
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
  const config = readConfig(process.env)
  if (path === undefined || config.databaseUrl === null) throw new Error('Usage: DATABASE_URL=postgres://… node server/people/add-people.ts PEOPLE.json')
  const file = readPeopleFile(path)
  const postgres = await openPostgres(config, () => undefined)
  try {
    await addPeople(postgres.db, file, openServerSigner(config.dataDir))
  } finally {
    await postgres.close()
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

import { type Kysely, sql } from 'kysely'

/** Credentials, sessions, uploaded files, and what imports know of a bank's statements. */
export const signIn = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  `CREATE TABLE firm (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), name text NOT NULL)`,
  'CREATE TABLE credential (colleague_id uuid PRIMARY KEY REFERENCES colleagues (id) DEFERRABLE INITIALLY DEFERRED, passphrase_hash text NOT NULL)',
  // Tokens are stored as SHA-256. A session is replaced at each refresh; the old row stays to recognise a token that is used twice.
  `CREATE TABLE session (id uuid PRIMARY KEY, device_id uuid NOT NULL REFERENCES device (id), colleague_id uuid NOT NULL REFERENCES colleagues (id),
     access_hash text NOT NULL UNIQUE, access_expires_at_ms bigint NOT NULL, refresh_hash text NOT NULL UNIQUE, refresh_expires_at_ms bigint NOT NULL,
     replaced_at_ms bigint, ended_at_ms bigint)`,
  'CREATE INDEX session_device ON session (device_id) WHERE ended_at_ms IS NULL',
  'CREATE INDEX session_expiry ON session (refresh_expires_at_ms)',
  'CREATE TABLE attempt (key text PRIMARY KEY, since_ms bigint NOT NULL, count integer NOT NULL)',
  'CREATE TABLE blob (sha256 text PRIMARY KEY, bytes bytea NOT NULL, stored_at_ms bigint NOT NULL)',
  // account = IBAN, or the bank's other number; its statements are counted for each format.
  `CREATE TABLE account_statement (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, file_id uuid NOT NULL REFERENCES feed_files (id) DEFERRABLE INITIALLY DEFERRED, format text NOT NULL,
     account text NOT NULL, statement_id text NOT NULL, sequence_number bigint, closing_minor bigint, UNIQUE (format, account, statement_id))`,
  // How many bookings with a fingerprint each format has reported; see feeds/same-line.ts.
  'CREATE TABLE reported_line (fingerprint text NOT NULL, format text NOT NULL, count integer NOT NULL CHECK (count > 0), PRIMARY KEY (fingerprint, format))',
]

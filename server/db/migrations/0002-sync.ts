import { type Kysely, sql } from 'kysely'

/** Order, exactly-once and the trail (rules H and P), and the change feed (rules L). */
export const sync = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  // One row that every writer updates first (H1). `epoch` changes when the database was restored from a backup, which `origin` shows.
  `CREATE TABLE head (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), seq bigint NOT NULL, audit_n bigint NOT NULL, audit_hash text NOT NULL, epoch uuid NOT NULL, origin text)`,
  `INSERT INTO head (seq, audit_n, audit_hash, epoch) VALUES (0, 0, repeat('0', 64), gen_random_uuid())`,
  // colleague_id null = the set-up, which belongs to nobody.
  `CREATE TABLE device (id uuid PRIMARY KEY, colleague_id uuid REFERENCES colleagues (id), name text NOT NULL, last_n bigint NOT NULL DEFAULT 0 CHECK (last_n >= 0),
     created_at_ms bigint NOT NULL, revoked_at_ms bigint)`,
  `CREATE TABLE command_log (device_id uuid NOT NULL REFERENCES device (id), n bigint NOT NULL CHECK (n > 0), command_id uuid NOT NULL UNIQUE, body_hash text NOT NULL,
     status text NOT NULL CHECK (status IN ('applied', 'refused')), error jsonb, seq bigint NOT NULL, PRIMARY KEY (device_id, n),
     CHECK ((status = 'refused') = (error IS NOT NULL)))`,
  // The newest change of a row for each household through which it is seen; the nil UUID stands for the firm.
  `CREATE TABLE feed (scope_id uuid NOT NULL, table_name text NOT NULL, row_id uuid NOT NULL, seq bigint NOT NULL, is_gone boolean NOT NULL,
     PRIMARY KEY (scope_id, table_name, row_id))`,
  'CREATE INDEX feed_seq ON feed (seq)',
  // hash = SHA-256 of the canonical JSON of all other columns, prev_hash among them.
  `CREATE TABLE audit (n bigint PRIMARY KEY, command_id uuid NOT NULL, device_id uuid NOT NULL, actor_id uuid, name text NOT NULL, version integer NOT NULL, args jsonb,
     changes jsonb NOT NULL, made_at_ms bigint NOT NULL, received_at_ms bigint NOT NULL, outcome text NOT NULL CHECK (outcome IN ('applied', 'refused')), error jsonb,
     prev_hash text NOT NULL, hash text NOT NULL UNIQUE)`,
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = '42501'; END $$`,
  'CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()',
  'CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()',
]

import { type Kysely, sql } from 'kysely'

/**
 * The replicated tables. Instants are milliseconds since 1970, money is minor units, `seq` is the head's number at the
 * row's last change. Foreign keys are checked at the end of a batch, since rows may refer to each other.
 * What the constraints say is also said by commands and policy; here it holds against any other writer too.
 */
export const records = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...functions, ...firmTables, ...clientTables, ...workTables, ...independence, ...feedTables]) await sql.raw(statement).execute(db)
  },
}

const functions = [
  `CREATE FUNCTION share_total(shares jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
   RETURN (SELECT CASE WHEN bool_and((s ->> 'shareBp')::bigint > 0) THEN sum((s ->> 'shareBp')::bigint) ELSE 0 END FROM jsonb_array_elements(shares) s)`,
  `CREATE FUNCTION has_share(shares jsonb, colleague text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN EXISTS (SELECT FROM jsonb_array_elements(shares) s WHERE lower(s ->> 'colleagueId') = lower(colleague))`,
  // Four eyes: no event of the check may be by the maker or by someone who is paid for the claim.
  `CREATE FUNCTION is_checked_by_others(maker uuid, shares jsonb, history jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN NOT EXISTS (SELECT FROM jsonb_array_elements(history) e
     WHERE e ->> 'what' IN ('approved', 'confirmed', 'partlyConfirmed', 'rejected', 'returned')
       AND (coalesce(lower(e ->> 'byId'), maker::text) = maker::text OR has_share(shares, e ->> 'byId')))`,
  `CREATE FUNCTION has_verdict_by(verdicts jsonb, colleague uuid) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN EXISTS (SELECT FROM jsonb_array_elements(verdicts) v WHERE coalesce(lower(v ->> 'byId'), colleague::text) = colleague::text)`,
  `CREATE FUNCTION evidence_total(decision jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN (SELECT coalesce(sum((e ->> 'amountMinor')::bigint), 0) FROM jsonb_array_elements(decision -> 'evidence') e)`,
]

/** Four eyes, the part that needs the firm: whoever decides reports to nobody who made the claim or is paid for it. Reporting is what auth/people.ts says. */
const independence = [
  `CREATE FUNCTION superiors_of(person uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
     WITH RECURSIVE above (id) AS (SELECT person UNION SELECT s.id FROM above a JOIN colleagues c ON c.id = a.id LEFT JOIN teams t ON t.id = c.team_id
       CROSS JOIN LATERAL (VALUES (c.manager_id), (t.supervisor_id)) s (id) WHERE s.id IS NOT NULL)
     SELECT id FROM above WHERE id <> person $$`,
  `CREATE FUNCTION refuse_dependent_decision() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     IF EXISTS (SELECT FROM superiors_of((NEW.decision ->> 'byId')::uuid) s (id) WHERE s.id = NEW.maker_id OR has_share(NEW.credit_split, s.id::text)) THEN
       RAISE EXCEPTION 'the decision is by someone who reports to a party' USING ERRCODE = '23514', CONSTRAINT = 'outcome_claims_four_eyes_reports';
     END IF;
     RETURN NEW; END $$`,
  `CREATE TRIGGER outcome_claims_independent_insert BEFORE INSERT ON outcome_claims FOR EACH ROW
     WHEN (NEW.decision IS NOT NULL) EXECUTE FUNCTION refuse_dependent_decision()`,
  `CREATE TRIGGER outcome_claims_independent_update BEFORE UPDATE ON outcome_claims FOR EACH ROW
     WHEN (NEW.decision IS NOT NULL AND NEW.decision IS DISTINCT FROM OLD.decision) EXECUTE FUNCTION refuse_dependent_decision()`,
]

const reference = (column: string, table: string, nullable = false): string => `${column} uuid ${nullable ? '' : 'NOT NULL'} REFERENCES ${table} (id) DEFERRABLE INITIALLY DEFERRED`
const version = 'rev integer NOT NULL CHECK (rev > 0), seq bigint NOT NULL CHECK (seq > 0)'
const currency = `currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')`
const oneOf = (column: string, values: string): string =>
  `${column} text NOT NULL CHECK (${column} IN (${values
    .split(' ')
    .map((v) => `'${v}'`)
    .join(', ')}))`
const list = (column: string): string => `${column} jsonb NOT NULL CHECK (jsonb_typeof(${column}) = 'array')`

const firmTables = [
  `CREATE TABLE colleagues (id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL,
     ${oneOf('role', 'advisor specialist banker supervisor controller service marketing compliance admin')},
     title text NOT NULL, team_id uuid, ${reference('manager_id', 'colleagues', true)}, is_active boolean NOT NULL, ${version},
     CHECK (manager_id <> id))`,
  'CREATE UNIQUE INDEX colleagues_email ON colleagues (lower(email))',
  `CREATE TABLE teams (id uuid PRIMARY KEY, name text NOT NULL, ${reference('supervisor_id', 'colleagues', true)}, ${version})`,
  'ALTER TABLE colleagues ADD FOREIGN KEY (team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED',
  `CREATE TABLE initiatives (id uuid PRIMARY KEY, name text NOT NULL, ${oneOf('kind', 'sponsorship event promotion')}, from_on date NOT NULL, to_on date NOT NULL,
     place text NOT NULL, budget_minor bigint NOT NULL CHECK (budget_minor >= 0), ${currency}, ${reference('owner_id', 'colleagues')}, ${version},
     CHECK (to_on >= from_on))`,
]

const clientTables = [
  `CREATE TABLE households (id uuid PRIMARY KEY, name text NOT NULL, ${oneOf('kind', 'family corporate')}, ${oneOf('relationship', 'prospect client former')},
     ${oneOf('tier', 'A B C prospect corporate')}, country text NOT NULL, city text NOT NULL, ${oneOf('language', 'en de hu')},
     assets_minor bigint NOT NULL CHECK (assets_minor >= 0), ${currency}, head_person_id uuid, lead_coverage_id uuid, ${list('quiet_periods')}, ${version})`,
  `CREATE TABLE persons (id uuid PRIMARY KEY, name text NOT NULL, ${list('memberships')}, birth_on date, email text, phone text, ${version},
     CHECK (jsonb_array_length(memberships) > 0))`,
  'ALTER TABLE households ADD FOREIGN KEY (head_person_id) REFERENCES persons (id) DEFERRABLE INITIALLY DEFERRED',
  `CREATE TABLE accounts (id uuid PRIMARY KEY, ${reference('household_id', 'households')}, name text NOT NULL, ${oneOf('kind', 'cash custody securities')},
     iban text, custodian text, number text, ${currency}, ${list('owners')}, opened_on date, closed_on date, ${version},
     CHECK (share_total(owners) = 10000), CHECK (iban IS NOT NULL OR (custodian IS NOT NULL AND number IS NOT NULL)))`,
  'CREATE INDEX accounts_household ON accounts (household_id)',
  'CREATE INDEX accounts_iban ON accounts (iban)',
  `CREATE TABLE coverages (id uuid PRIMARY KEY, ${reference('household_id', 'households')}, ${reference('colleague_id', 'colleagues')},
     ${oneOf('role', 'lead specialist banker associate service')}, from_on date NOT NULL, to_on date, ${version},
     CHECK (to_on IS NULL OR to_on >= from_on - 1))`,
  'CREATE INDEX coverages_household ON coverages (household_id)',
  'CREATE INDEX coverages_colleague ON coverages (colleague_id)',
  'ALTER TABLE households ADD FOREIGN KEY (lead_coverage_id) REFERENCES coverages (id) DEFERRABLE INITIALLY DEFERRED',
]

const workTables = [
  `CREATE TABLE contact_entries (id uuid PRIMARY KEY, ${reference('household_id', 'households')}, ${reference('author_id', 'colleagues')},
     ${oneOf('channel', 'inPerson phone video email post')}, ${oneOf('direction', 'outbound inbound')}, occurred_at_ms bigint NOT NULL, zone text NOT NULL,
     length_minutes integer NOT NULL CHECK (length_minutes BETWEEN 0 AND 1440), place text NOT NULL, ${list('person_ids')}, ${list('colleague_ids')},
     is_reached boolean NOT NULL, ${oneOf('purpose', 'review proposal service onboarding relationship event complaint other')}, subject text NOT NULL,
     note text NOT NULL, ${reference('initiative_id', 'initiatives', true)}, is_confidential boolean NOT NULL, recorded_at_ms bigint NOT NULL,
     received_at_ms bigint, ${oneOf('state', 'active voided')}, void_reason text, ${list('versions')}, ${list('follow_up_ids')}, ${list('claim_ids')}, ${version},
     CHECK ((state = 'voided') = (void_reason IS NOT NULL)))`,
  'CREATE INDEX contact_entries_household ON contact_entries (household_id)',
  `CREATE TABLE follow_ups (id uuid PRIMARY KEY, ${reference('household_id', 'households')}, ${reference('entry_id', 'contact_entries', true)}, title text NOT NULL,
     note text NOT NULL, due_on date NOT NULL, remind_at_ms bigint, zone text NOT NULL, ${reference('assignee_id', 'colleagues')},
     ${reference('author_id', 'colleagues')}, ${oneOf('state', 'open done')}, done_at_ms bigint, ${version},
     CHECK ((state = 'done') = (done_at_ms IS NOT NULL)))`,
  'CREATE INDEX follow_ups_household ON follow_ups (household_id)',
  `CREATE TABLE outcome_claims (id uuid PRIMARY KEY, ${reference('household_id', 'households')}, ${reference('entry_id', 'contact_entries')},
     ${reference('maker_id', 'colleagues')}, ${oneOf('kind', 'deposit pledge mandate')}, ${reference('account_id', 'accounts', true)},
     claimed_minor bigint NOT NULL CHECK (claimed_minor > 0), funded_minor bigint NOT NULL CHECK (funded_minor >= 0),
     confirmed_minor bigint NOT NULL CHECK (confirmed_minor BETWEEN 0 AND claimed_minor), ${currency}, contact_on date NOT NULL, expected_on date,
     ${list('credit_split')}, note text NOT NULL, ${oneOf('state', 'claimed pledged proposed confirmed partlyConfirmed rejected returned withdrawn lapsed reversed')},
     claimed_at_ms bigint NOT NULL, question text, decision jsonb, ${list('history')}, ${version},
     CHECK (kind = 'mandate' OR account_id IS NOT NULL), CHECK (kind <> 'pledge' OR expected_on IS NOT NULL),
     CHECK (state NOT IN ('confirmed', 'partlyConfirmed', 'rejected') OR decision IS NOT NULL),
     CHECK (confirmed_minor = 0 OR state IN ('confirmed', 'partlyConfirmed', 'reversed')),
     CONSTRAINT outcome_claims_whole_split CHECK (share_total(credit_split) = 10000),
     CONSTRAINT outcome_claims_four_eyes CHECK (is_checked_by_others(maker_id, credit_split, history)),
     CONSTRAINT outcome_claims_four_eyes_decision CHECK (decision IS NULL
       OR (coalesce(lower(decision ->> 'byId'), maker_id::text) <> maker_id::text AND NOT has_share(credit_split, decision ->> 'byId'))),
     CONSTRAINT outcome_claims_proven CHECK (kind = 'mandate' OR state NOT IN ('confirmed', 'partlyConfirmed') OR confirmed_minor = evidence_total(decision)))`,
  'CREATE INDEX outcome_claims_household ON outcome_claims (household_id)',
  `CREATE TABLE verification_cases (id uuid PRIMARY KEY REFERENCES outcome_claims (id) DEFERRABLE INITIALLY DEFERRED, ${reference('household_id', 'households')},
     ${reference('maker_id', 'colleagues')}, opened_at_ms bigint NOT NULL, ${list('proposals')}, ${list('verdicts')}, ${version},
     CONSTRAINT verification_cases_four_eyes CHECK (NOT has_verdict_by(verdicts, maker_id)))`,
  'CREATE INDEX verification_cases_household ON verification_cases (household_id)',
]

const feedTables = [
  `CREATE TABLE feed_files (id uuid PRIMARY KEY, sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'), name text NOT NULL, size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
     ${reference('imported_by_id', 'colleagues')}, imported_at_ms bigint NOT NULL, ${oneOf('state', 'received imported partlyQuarantined quarantined seenBefore')},
     format text, statement_count integer NOT NULL, line_count integer NOT NULL, proposal_count integer NOT NULL, ${list('quarantined')}, ${version})`,
  'CREATE INDEX feed_files_sha256 ON feed_files (sha256)',
  `CREATE TABLE account_activities (id uuid PRIMARY KEY, ${reference('file_id', 'feed_files')}, file_sha256 text NOT NULL, file_name text NOT NULL, statement_id text NOT NULL,
     line_no integer NOT NULL CHECK (line_no > 0), iban text, ${reference('account_id', 'accounts', true)}, ${reference('household_id', 'households', true)},
     ${oneOf('direction', 'credit debit')}, amount_minor bigint NOT NULL CHECK (amount_minor >= 0), ${currency}, ${oneOf('status', 'booked pending information')},
     is_reversal boolean NOT NULL, booked_on date, value_on date, counterparty_name text, counterparty_iban text, remittance text NOT NULL, end_to_end_id text,
     not_evidence text, allocated_minor bigint NOT NULL CHECK (allocated_minor >= 0), ${version},
     CONSTRAINT account_activities_used_once CHECK (allocated_minor <= amount_minor),
     CONSTRAINT account_activities_evidence_only CHECK (allocated_minor = 0 OR (not_evidence IS NULL AND status = 'booked' AND direction = 'credit' AND NOT is_reversal)))`,
  'CREATE INDEX account_activities_household ON account_activities (household_id)',
  'CREATE INDEX account_activities_unlinked ON account_activities (iban) WHERE account_id IS NULL',
  'CREATE INDEX account_activities_payer ON account_activities (counterparty_iban) WHERE not_evidence IS NULL',
]

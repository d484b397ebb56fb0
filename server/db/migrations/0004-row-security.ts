import { type Kysely, sql } from 'kysely'
import { rowPolicies } from './0004-row-policies.ts'

/**
 * Who sees and writes which row, said once more in SQL: it holds where a query forgot its filter. Policies ask two settings
 * of the transaction. rapport.actor is a colleague's id, 'system' (the executor's own work, jobs, set-up), 'gate' (an idle
 * connection: sign-in and nothing of clients), or absent: then nothing is seen. rapport.today is the firm's day.
 */
export const rowSecurity = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...functions, ...seen, ...indexes, ...rowPolicies]) await sql.raw(statement).execute(db)
  },
}

/** Answers as 'system' and puts the actor back: the tables it looks at have policies of their own, also for their owner. */
const lookup = (
  signature: string,
  declare: string,
  body: string,
): string => `CREATE FUNCTION ${signature} LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    actor text := nullif(current_setting('rapport.actor', true), '');
    ${declare}
  BEGIN
    PERFORM set_config('rapport.actor', 'system', true);
    ${body}
    PERFORM set_config('rapport.actor', coalesce(actor, ''), true);
    RETURN${signature.includes('SETOF') ? '' : ' answer'};
  END $$`

const SALES = `('advisor', 'specialist', 'banker', 'supervisor')`
const isActive = `c.from_on <= rls_today() AND (c.to_on IS NULL OR c.to_on >= rls_today())`
/** The actor, and everyone who reports to them through managers and supervisors of teams. Only the sales line supervises. */
const team = (me: string): string => `WITH RECURSIVE team(id) AS (
      SELECT ${me}::uuid UNION
      SELECT c.id FROM team t JOIN colleagues c ON c.manager_id = t.id OR c.team_id IN (SELECT x.id FROM teams x WHERE x.supervisor_id = t.id))`

const firm = ['colleagues', 'teams', 'initiatives']
const clients = ['households', 'persons', 'accounts', 'coverages']
const work = ['contactEntries', 'followUps', 'outcomeClaims']
const control = ['verificationCases', 'feedFiles', 'accountActivities']
const names = (...groups: readonly (readonly string[])[]): string =>
  `ARRAY[${groups
    .flat()
    .map((name) => `'${name}'`)
    .join(', ')}]`

const functions = [
  `CREATE FUNCTION rls_today() RETURNS date LANGUAGE sql STABLE
     RETURN coalesce(nullif(current_setting('rapport.today', true), '')::date, (now() AT TIME ZONE 'Europe/Vienna')::date)`,
  `CREATE FUNCTION rls_me() RETURNS uuid LANGUAGE sql STABLE
     RETURN CASE WHEN current_setting('rapport.actor', true) ~ '^[0-9a-f-]{36}$' THEN current_setting('rapport.actor', true)::uuid END`,
  `CREATE FUNCTION rls_is_writing() RETURNS boolean LANGUAGE sql STABLE RETURN coalesce(current_setting('rapport.mode', true), '') = 'write'`,
  // The role of the active colleague who acts, or 'system', or 'gate'; null = nobody.
  lookup(
    'rls_who() RETURNS text',
    'me uuid := rls_me(); answer text;',
    `IF actor IN ('system', 'gate') THEN answer := actor;
    ELSIF me IS NOT NULL THEN SELECT c.role INTO answer FROM colleagues c WHERE c.id = me AND c.is_active; END IF;`,
  ),
  // How the actor sees a table of records: 'all' rows, those of 'mine' = rls_households(), or 'none'.
  `CREATE FUNCTION rls_access(asked text) RETURNS text LANGUAGE plpgsql STABLE AS $$
  DECLARE who text := rls_who();
  BEGIN
    IF who IS NULL THEN RETURN 'none'; END IF;
    IF who = 'system' THEN RETURN 'all'; END IF;
    IF who = 'gate' THEN RETURN CASE WHEN asked IN ('colleagues', 'teams') THEN 'all' ELSE 'none' END; END IF;
    IF asked IN ('colleagues', 'teams', 'initiatives') THEN RETURN 'all'; END IF;
    IF who = 'compliance' THEN RETURN 'all'; END IF;
    IF who = 'controller' THEN RETURN CASE WHEN asked IN ('outcome_claims', 'verification_cases', 'feed_files', 'account_activities') THEN 'all'
      WHEN asked IN ('households', 'persons', 'accounts') THEN 'mine' ELSE 'none' END; END IF;
    IF who = 'service' THEN RETURN CASE WHEN asked IN ('households', 'persons', 'accounts', 'coverages') THEN 'all' ELSE 'none' END; END IF;
    IF who IN ${SALES} THEN RETURN CASE WHEN asked IN ('households', 'persons', 'accounts', 'coverages', 'contact_entries', 'follow_ups', 'outcome_claims')
      THEN 'mine' ELSE 'none' END; END IF;
    RETURN 'none';
  END $$`,
  // The same for the feed, which names tables as devices do.
  `CREATE FUNCTION rls_tables() RETURNS text[] LANGUAGE sql STABLE RETURN CASE rls_who()
     WHEN 'system' THEN ${names(firm, clients, work, control)} WHEN 'compliance' THEN ${names(firm, clients, work, control)}
     WHEN 'controller' THEN ${names(firm, ['households', 'persons', 'accounts', 'outcomeClaims'], control)} WHEN 'service' THEN ${names(firm, clients)}
     WHEN 'marketing' THEN ${names(firm)} WHEN 'admin' THEN ${names(firm)}
     WHEN 'advisor' THEN ${names(firm, clients, work)} WHEN 'specialist' THEN ${names(firm, clients, work)}
     WHEN 'banker' THEN ${names(firm, clients, work)} WHEN 'supervisor' THEN ${names(firm, clients, work)} ELSE ARRAY[]::text[] END`,
  // The households of the sales line: covered today by the actor or by someone who reports to them. Of controllers: those with claims.
  lookup(
    'rls_households() RETURNS SETOF uuid',
    'who text := rls_who();',
    `IF who = 'controller' THEN RETURN QUERY SELECT DISTINCT o.household_id FROM outcome_claims o;
    ELSIF who IN ${SALES} THEN RETURN QUERY ${team('actor')}
      SELECT DISTINCT c.household_id FROM coverages c WHERE c.colleague_id IN (SELECT t.id FROM team t) AND ${isActive};
    END IF;`,
  ),
  'CREATE FUNCTION rls_household_keys() RETURNS jsonb LANGUAGE sql STABLE RETURN (SELECT coalesce(jsonb_object_agg(h, true), jsonb_build_object()) FROM rls_households() h)',
  lookup(
    'rls_led() RETURNS SETOF uuid',
    'who text := rls_who();',
    `IF who IN ${SALES} THEN RETURN QUERY SELECT c.household_id FROM coverages c WHERE c.colleague_id = actor::uuid AND c.role = 'lead' AND ${isActive}; END IF;`,
  ),
  // What a supervisor may cover again: households that someone of the team covered once, or else nobody could take them over.
  lookup(
    'rls_reached() RETURNS SETOF uuid',
    'who text := rls_who();',
    `IF who = 'supervisor' THEN RETURN QUERY ${team('actor')} SELECT DISTINCT c.household_id FROM coverages c WHERE c.colleague_id IN (SELECT t.id FROM team t) AND c.colleague_id <> actor::uuid; END IF;`,
  ),
  // Confidential entries of the actor's households that are not theirs to read, as neither author, attendee nor lead.
  lookup(
    'rls_hidden_entries() RETURNS SETOF uuid',
    `me text := actor; mine uuid[] := ARRAY(SELECT rls_households()); led uuid[] := ARRAY(SELECT rls_led());`,
    `RETURN QUERY SELECT e.id FROM contact_entries e WHERE e.is_confidential AND e.household_id = ANY(mine) AND e.household_id <> ALL(led)
      AND e.author_id <> me::uuid AND NOT jsonb_exists(e.colleague_ids, me);`,
  ),
  // Made in this very transaction: the head moves at its end.
  lookup(
    'rls_is_new(household uuid) RETURNS boolean',
    'answer boolean;',
    'SELECT EXISTS (SELECT FROM households h WHERE h.id = household AND h.seq > (SELECT seq FROM head)) INTO answer;',
  ),
  lookup('rls_has_household(household uuid) RETURNS boolean', 'answer boolean;', 'SELECT EXISTS (SELECT FROM households h WHERE h.id = household) INTO answer;'),
  lookup('trail_hash_at(size bigint) RETURNS text', 'answer text;', 'SELECT a.hash INTO answer FROM audit a WHERE a.n = size;'),
  lookup('rls_has_person(person uuid) RETURNS boolean', 'answer boolean;', 'SELECT EXISTS (SELECT FROM persons p WHERE p.id = person) INTO answer;'),
]

/** Tables whose rows a command may name; the executor asks which of them its actor sees. */
const named = ['households', 'persons', 'accounts', 'coverages', 'contact_entries', 'follow_ups', 'outcome_claims', 'account_activities']
const seen = [
  // As the caller, so that policies decide; afterwards the transaction is the system's again. wanted = ids by table.
  `CREATE FUNCTION rls_seen(person text, wanted jsonb) RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$ BEGIN
    PERFORM set_config('rapport.actor', person, true);
    ${named.map((t) => `IF wanted ? '${t}' THEN RETURN QUERY SELECT t.id FROM ${t} t WHERE t.id = ANY (ARRAY(SELECT jsonb_array_elements_text(wanted -> '${t}')::uuid)); END IF;`).join('\n    ')}
    PERFORM set_config('rapport.actor', 'system', true);
  END $$`,
]

const indexes = ['CREATE INDEX contact_entries_confidential ON contact_entries (household_id) WHERE is_confidential', 'CREATE INDEX device_colleague ON device (colleague_id)']

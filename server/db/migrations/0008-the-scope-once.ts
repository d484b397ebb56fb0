import { type Kysely, sql } from 'kysely'

/**
 * What a person sees is found once a transaction, not once a statement and table. Only where the setting rapport.keep names the
 * actor: `withActor` says so of a person's reading at one moment, in which coverage stands still. The executor, which writes
 * coverage and then asks again who sees what, never keeps.
 */
export const scopeOnce = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const name of ['rls_households', 'rls_led', 'rls_hidden_entries']) for (const statement of keptSet(name)) await sql.raw(statement).execute(db)
    for (const [name, type] of [
      ['rls_who', 'text'],
      ['rls_household_keys', 'jsonb'],
    ] as const)
      for (const statement of keptValue(name, type)) await sql.raw(statement).execute(db)
    for (const statement of feedByHash) await sql.raw(statement).execute(db)
  },
}

/** The function as it was, under another name. Policies go on naming the former one, whose body is replaced. */
const rename = (name: string): string =>
  `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('${name}()'::regprocedure), 'FUNCTION public.${name}()', 'FUNCTION public.${name}_now()'); END $do$`

const replacement = (
  name: string,
  type: string,
  keep: string,
  answer: string,
  answerNow: string,
): string => `CREATE OR REPLACE FUNCTION ${name}() RETURNS ${type} LANGUAGE plpgsql STABLE AS $$
  DECLARE kept text;
  BEGIN
    IF nullif(current_setting('rapport.keep', true), '') IS DISTINCT FROM current_setting('rapport.actor', true) THEN ${answerNow} END IF;
    kept := nullif(current_setting('rapport.kept_${name}', true), '');
    IF kept IS NULL THEN
      kept := ${keep};
      PERFORM set_config('rapport.kept_${name}', coalesce(kept, ''), true);
    END IF;
    ${answer}
  END $$`

const keptSet = (name: string): readonly string[] => [
  rename(name),
  replacement(name, 'SETOF uuid', `ARRAY(SELECT public.${name}_now())::text`, 'RETURN QUERY SELECT unnest(kept::uuid[]);', `RETURN QUERY SELECT public.${name}_now(); RETURN;`),
]
const keptValue = (name: string, type: string): readonly string[] => [
  rename(name),
  replacement(name, type, `public.${name}_now()::text`, `RETURN kept::${type};`, `RETURN public.${name}_now();`),
]

const who = '(SELECT rls_who())'
/** As in 0004, but each row is looked up in two hashed sets: a snapshot's page reads thousands of rows of the feed. */
const feedByHash = [
  'DROP POLICY feed_select ON feed',
  `CREATE POLICY feed_select ON feed FOR SELECT USING (${who} = 'system' OR (table_name IN (SELECT unnest(rls_tables()))
    AND (scope_id IN (SELECT rls_households()) OR scope_id = '00000000-0000-0000-0000-000000000000'::uuid OR ${who} IN ('service', 'compliance'))))`,
]

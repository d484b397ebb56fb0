import { type Kysely, sql } from 'kysely'

/**
 * The households that a person covers are found by the index of coverage, however many a firm has: a join with the team made
 * PostgreSQL read all of them, under their policy, in every transaction. Who reports to whom is joined by equality, level by
 * level, where an OR compared each with each. What the functions answer stays as it was in 0004.
 */
export const scopeByIndex = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [households, reached]) await sql.raw(statement).execute(db)
  },
}

/** As in 0004: answers as 'system' and puts the actor back. */
const lookup = (name: string, body: string): string => `CREATE OR REPLACE FUNCTION ${name}() RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    actor text := nullif(current_setting('rapport.actor', true), '');
    who text := rls_who();
    today date := rls_today();
    team uuid[];
  BEGIN
    PERFORM set_config('rapport.actor', 'system', true);
    ${body}
    PERFORM set_config('rapport.actor', coalesce(actor, ''), true);
    RETURN;
  END $$`

/** The actor, and everyone who reports to them through managers and supervisors of teams. */
const findTeam = `team := ARRAY(WITH RECURSIVE below (id) AS (
      SELECT actor::uuid UNION SELECT r.id FROM below b JOIN (
        SELECT c.manager_id AS superior, c.id FROM colleagues c WHERE c.manager_id IS NOT NULL
        UNION ALL SELECT t.supervisor_id, c.id FROM teams t JOIN colleagues c ON c.team_id = t.id WHERE t.supervisor_id IS NOT NULL) r ON r.superior = b.id)
      SELECT id FROM below);`

const households = lookup(
  'rls_households_now',
  `IF who = 'controller' THEN RETURN QUERY SELECT DISTINCT o.household_id FROM outcome_claims o;
    ELSIF who IN ('advisor', 'specialist', 'banker', 'supervisor') THEN
      ${findTeam}
      RETURN QUERY SELECT DISTINCT c.household_id FROM coverages c WHERE c.colleague_id = ANY (team) AND c.from_on <= today AND (c.to_on IS NULL OR c.to_on >= today);
    END IF;`,
)

const reached = lookup(
  'rls_reached',
  `IF who = 'supervisor' THEN
      ${findTeam}
      RETURN QUERY SELECT DISTINCT c.household_id FROM coverages c WHERE c.colleague_id = ANY (team) AND c.colleague_id <> actor::uuid;
    END IF;`,
)

/** The policies of 0004, table by table. Sub-selects without a reference to the row are answered once a query. */

const me = '(SELECT rls_me())'
const who = '(SELECT rls_who())'
const isSystem = `${who} = 'system'`
const SALES = `${who} IN ('advisor', 'specialist', 'banker', 'supervisor')`
const CLIENT_DATA = `${who} IN ('advisor', 'specialist', 'banker', 'supervisor', 'service')`

const isMine = (column: string): string => `${column} IN (SELECT rls_households())`
const sees = (table: string, mine: string): string => `CASE (SELECT rls_access('${table}')) WHEN 'all' THEN true WHEN 'mine' THEN ${mine} ELSE false END`
/** The set as keys of one JSON object: an IN inside of EXISTS would be planned as a join and asked for each person anew (1.7 ms each). */
const isMineByKey = (member: string): string => `jsonb_exists((SELECT rls_household_keys()), ${member})`
const belongs = (test: (member: string) => string): string => `EXISTS (SELECT FROM jsonb_array_elements(memberships) m WHERE ${test(`(m ->> 'householdId')`)})`

const isEntryReadable = `(NOT is_confidential OR author_id = ${me} OR jsonb_exists(colleague_ids, ${me}::text) OR household_id IN (SELECT rls_led()))`
const isPartReadable = 'entry_id NOT IN (SELECT rls_hidden_entries())'

/** What the actor sees of each table of records. */
const visible: Readonly<Record<string, string>> = {
  colleagues: sees('colleagues', 'false'),
  teams: sees('teams', 'false'),
  initiatives: sees('initiatives', 'false'),
  households: sees('households', isMine('id')),
  persons: sees('persons', belongs(isMineByKey)),
  accounts: sees('accounts', isMine('household_id')),
  coverages: sees('coverages', isMine('household_id')),
  contact_entries: sees('contact_entries', `${isMine('household_id')} AND ${isEntryReadable}`),
  follow_ups: sees('follow_ups', `${isMine('household_id')} AND (entry_id IS NULL OR assignee_id = ${me} OR author_id = ${me} OR ${isPartReadable})`),
  outcome_claims: sees('outcome_claims', `${isMine('household_id')} AND (maker_id = ${me} OR has_share(credit_split, ${me}::text) OR ${isPartReadable})`),
  verification_cases: sees('verification_cases', 'false'),
  feed_files: sees('feed_files', 'false'),
  account_activities: sees('account_activities', 'false'),
}

interface Write {
  readonly old: string // of a row that is replaced
  readonly now: string // of the row as it is written
}

const inReach = (column: string): string => `(${isMine(column)} OR rls_is_new(${column}))`
const all = (table: string): string => `(SELECT rls_access('${table}')) = 'all'`
const clientRow = (table: string, reach: string): Write => ({ old: `${CLIENT_DATA} AND ${visible[table]}`, now: `${CLIENT_DATA} AND (${all(table)} OR ${reach})` })
const supervised = `(${who} = 'supervisor' AND household_id IN (SELECT rls_reached()))`
/** What a claim may be by the hand of its maker: nobody of the sales line writes a decision. */
const isUndecided = `state IN ('claimed', 'pledged', 'proposed', 'withdrawn') AND confirmed_minor = 0`

/** What a person's commands may write; what is not here only 'system' writes. */
const writes: Readonly<Record<string, Write>> = {
  initiatives: { old: 'false', now: `${who} IN ('marketing', 'supervisor')` },
  households: {
    old: `${CLIENT_DATA} AND (${visible['households']} OR id IN (SELECT rls_reached()))`,
    now: `${CLIENT_DATA} AND (${all('households')} OR ${isMine('id')} OR id IN (SELECT rls_reached()) OR NOT rls_has_household(id) OR rls_is_new(id))`,
  },
  persons: clientRow('persons', `${belongs((member) => `${isMineByKey(member)} OR rls_is_new(${member}::uuid)`)} OR rls_has_person(id)`),
  accounts: clientRow('accounts', inReach('household_id')),
  coverages: {
    old: `${who} = 'supervisor' AND (${isMine('household_id')} OR ${supervised})`,
    now: `(${who} = 'supervisor' AND (${isMine('household_id')} OR ${supervised})) OR (${CLIENT_DATA} AND rls_is_new(household_id))`,
  },
  contact_entries: { old: `${SALES} AND ${visible['contact_entries']}`, now: `${SALES} AND ${inReach('household_id')}` },
  follow_ups: { old: `${SALES} AND ${visible['follow_ups']}`, now: `${SALES} AND ${inReach('household_id')}` },
  outcome_claims: {
    old: `${who} = 'controller' OR (${SALES} AND ${visible['outcome_claims']})`,
    now: `(${who} = 'controller' AND state <> 'withdrawn') OR (${SALES} AND ${inReach('household_id')} AND ${isUndecided})`,
  },
  verification_cases: {
    old: `${who} = 'controller' OR (${SALES} AND ${isMine('household_id')})`,
    now: `${who} = 'controller' OR (${SALES} AND ${inReach('household_id')})`,
  },
  feed_files: { old: `${who} = 'controller'`, now: `${who} = 'controller'` },
  account_activities: { old: `${who} = 'controller'`, now: 'false' },
}

const secure = (table: string): readonly string[] => [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`, `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`]
const policy = (table: string, verb: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE', using: string | null, check: string | null): string =>
  `CREATE POLICY ${table}_${verb.toLowerCase()} ON ${table} FOR ${verb}${using === null ? '' : ` USING (${using})`}${check === null ? '' : ` WITH CHECK (${check})`}`

/** While a person's rows are written, replaced rows have to be found: there the policies for INSERT and UPDATE alone decide. */
const recordPolicies = Object.entries(visible).flatMap(([table, seen]) => {
  const write = writes[table] ?? { old: 'false', now: 'false' }
  return [
    ...secure(table),
    policy(table, 'SELECT', `(SELECT rls_is_writing()) OR ${seen}`, null),
    policy(table, 'INSERT', null, `${isSystem} OR (${table === 'account_activities' ? `${who} = 'controller'` : write.now})`),
    policy(table, 'UPDATE', `${isSystem} OR (${write.old})`, `${isSystem} OR (${table === 'account_activities' ? write.old : write.now})`),
  ]
})

const FIRM = `'00000000-0000-0000-0000-000000000000'::uuid`
const feedScope = `scope_id = ${FIRM} OR ${who} IN ('service', 'compliance') OR ${isMine('scope_id')}`

const own = `${who} IN ('system', 'gate') OR colleague_id = ${me}`
const each = (table: string, using: string): readonly string[] => [
  ...secure(table),
  ...(['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const).map((verb) =>
    policy(table, verb, verb === 'INSERT' ? null : using, verb === 'SELECT' || verb === 'DELETE' ? null : using),
  ),
]

export const rowPolicies: readonly string[] = [
  ...recordPolicies,
  ...secure('feed'),
  policy('feed', 'SELECT', `${isSystem} OR ((${feedScope}) AND table_name = ANY ((SELECT rls_tables())::text[]))`, null),
  policy('feed', 'INSERT', null, isSystem),
  policy('feed', 'UPDATE', isSystem, isSystem),
  ...each('device', own),
  ...each('session', own),
  ...each('credential', `${who} IN ('system', 'gate')`),
  ...secure('command_log'),
  policy('command_log', 'SELECT', `${isSystem} OR device_id IN (SELECT id FROM device)`, null),
  policy('command_log', 'INSERT', null, isSystem),
  ...each('blob', isSystem),
  ...each('account_statement', isSystem),
  ...each('reported_line', isSystem),
  ...secure('audit'),
  policy('audit', 'SELECT', isSystem, null),
  policy('audit', 'INSERT', null, isSystem),
]

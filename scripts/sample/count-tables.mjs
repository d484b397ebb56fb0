/** Prints how many tables the database of DATABASE_URL holds. Runs on the project's Node, after the packages are installed. */
import pg from 'pg'

const client = new pg.Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 10_000 })
await client.connect()
const { rows } = await client.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
await client.end()
console.log(rows[0].tables)

import { type Kysely, sql } from 'kysely'

/** Keys and chains of devices, and what of them an entry of the trail carries (rules S and H). */
export const signatures = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  // public_key null = registered before commands were signed; chain_hash is the device's chain at last_n.
  `ALTER TABLE device ADD COLUMN public_key text, ADD COLUMN chain_hash text NOT NULL DEFAULT repeat('0', 64)`,
  // The epoch that the trail has an entry for; another one is announced at the next start.
  'ALTER TABLE head ADD COLUMN announced_epoch uuid',
  // Null in entries of the server itself, and in those made before commands were signed.
  `ALTER TABLE audit ADD COLUMN device_n bigint, ADD COLUMN args_hash text, ADD COLUMN signature text, ADD COLUMN device_hash text, ADD COLUMN seq bigint, ADD COLUMN left_out jsonb`,
]

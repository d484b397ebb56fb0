import { type Kysely, sql } from 'kysely'

/** When a device was last seen and who revoked it, what lets it believe an order to wipe, and the way in through the office's identity provider. */
export const devices = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  'ALTER TABLE device ADD COLUMN last_seen_at_ms bigint, ADD COLUMN revoked_by uuid REFERENCES colleagues (id)',
  // The device knows its SHA-256 since sign-in; the token itself is told once the device is revoked.
  `ALTER TABLE device ADD COLUMN wipe_token text NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`,
  'UPDATE device SET last_seen_at_ms = created_at_ms WHERE EXISTS (SELECT FROM session WHERE session.device_id = device.id)',
  // A person is found by the provider's own id for them; the e-mail counts only the first time.
  `CREATE TABLE oidc_identity (issuer text NOT NULL, subject text NOT NULL, colleague_id uuid NOT NULL REFERENCES colleagues (id) DEFERRABLE INITIALLY DEFERRED, bound_at_ms bigint NOT NULL,
     PRIMARY KEY (issuer, subject))`,
  `CREATE TABLE oidc_attempt (id uuid PRIMARY KEY, device_id uuid NOT NULL, state text NOT NULL, nonce text NOT NULL, code_challenge text NOT NULL, redirect_uri text NOT NULL,
     expires_at_ms bigint NOT NULL)`,
]

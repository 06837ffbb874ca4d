import { sql, type Kysely } from 'kysely';

/** VMs that may be backed up without a KEK although the rule requires one, each until a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table kek_exception (
     operation_id uuid primary key, vm_id text not null, vm_name text not null, reason text not null,
     asked_by text not null, allowed_by text not null, until timestamptz not null,
     created_at timestamptz not null default now())`,
  `create index kek_exception_until on kek_exception (until)`,
];

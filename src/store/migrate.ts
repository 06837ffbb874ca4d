import { Migrator, type Migration } from 'kysely/migration';
import { sql, type Kysely } from 'kysely';
import { Fault } from '../core/fault.ts';
import * as first from './migrations/001-first.ts';
import * as personLinks from './migrations/002-person-links.ts';
import * as asked from './migrations/003-asked.ts';
import * as ages from './migrations/004-ages.ts';
import * as personTeams from './migrations/005-person-teams.ts';
import * as expedite from './migrations/006-expedite.ts';
import * as approvals from './migrations/007-approvals.ts';
import * as reminders from './migrations/008-reminders.ts';
import * as tickets from './migrations/009-tickets.ts';
import * as breakGlass from './migrations/010-break-glass.ts';
import * as kekExceptions from './migrations/011-kek-exceptions.ts';
import * as alerts from './migrations/012-alerts.ts';
import * as scheduledPosts from './migrations/013-scheduled-posts.ts';
import * as endedExceptions from './migrations/014-ended-exceptions.ts';
import * as vaultLooks from './migrations/015-vault-looks.ts';
import * as companyEntries from './migrations/016-company-entries.ts';
import * as secretsPost from './migrations/017-secrets-post.ts';
import * as signingKeys from './migrations/018-signing-key.ts';
import * as drillSchedules from './migrations/019-drill-schedules.ts';
import * as slackInstallations from './migrations/020-slack-installations.ts';
import * as drillLeftovers from './migrations/021-drill-leftovers.ts';
import * as putOff from './migrations/022-put-off.ts';
import * as supersededRequests from './migrations/023-superseded-requests.ts';
import * as inPerson from './migrations/024-in-person.ts';
import * as exceptionOfVm from './migrations/025-exception-of-vm.ts';
import * as unreadVaults from './migrations/026-unread-vaults.ts';
import * as scheduledClaims from './migrations/027-scheduled-claims.ts';
import type { Tables } from './schema.ts';

const known: Readonly<Record<string, Migration>> = {
  '001-first': first,
  '002-person-links': personLinks,
  '003-asked': asked,
  '004-ages': ages,
  '005-person-teams': personTeams,
  '006-expedite': expedite,
  '007-approvals': approvals,
  '008-reminders': reminders,
  '009-tickets': tickets,
  '010-break-glass': breakGlass,
  '011-kek-exceptions': kekExceptions,
  '012-alerts': alerts,
  '013-scheduled-posts': scheduledPosts,
  '014-ended-exceptions': endedExceptions,
  '015-vault-looks': vaultLooks,
  '016-company-entries': companyEntries,
  '017-secrets-post': secretsPost,
  '018-signing-key': signingKeys,
  '019-drill-schedules': drillSchedules,
  '020-slack-installations': slackInstallations,
  '021-drill-leftovers': drillLeftovers,
  '022-put-off': putOff,
  '023-superseded-requests': supersededRequests,
  '024-in-person': inPerson,
  '025-exception-of-vm': exceptionOfVm,
  '026-unread-vaults': unreadVaults,
  '027-scheduled-claims': scheduledClaims,
};

/**
 * Brings the tables to this code's state; safe when several processes start at once. Migrations of a newer release are
 * left alone, so that old and new replicas run side by side, unless their name ends in `-breaking`.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const applied = await appliedNames(db);
  const newer = applied.filter((name) => !Object.hasOwn(known, name));
  const breaking = newer.find((name) => name.endsWith('-breaking'));
  if (breaking) {
    throw new Fault('database-newer', `The database was changed by a newer release (${breaking}). Start that release.`);
  }
  if (Object.keys(known).every((name) => applied.includes(name))) return;
  const passed: Migration = { up: async () => {} };
  const migrations = { ...known, ...Object.fromEntries(newer.map((name) => [name, passed])) };
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    // Otherwise another program's table in another schema of this database would be taken for ours.
    migrationTableSchema: await schemaOf(db),
    allowUnorderedMigrations: true,
  });
  await undisturbed(migrator);
}

/**
 * The migrator reads the whole catalogue, which fails when another program drops a table or schema of its own
 * meanwhile.
 */
async function undisturbed(migrator: Migrator): Promise<void> {
  for (let left = 5; ; left -= 1) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    const { code = '' } = error as { code?: string };
    if (left === 0 || !['42P01', '42703', '3F000', 'XX000'].includes(code)) throw error;
  }
}

async function appliedNames(db: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!table.rows[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

async function schemaOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? 'public';
}

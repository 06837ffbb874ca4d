import { Migrator, type Migration } from 'kysely/migration';
import { sql, type Kysely } from 'kysely';
import { setTimeout } from 'node:timers/promises';
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
import * as makers from './migrations/028-makers.ts';
import * as requestReasons from './migrations/029-request-reasons.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';

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
  '028-makers': makers,
  '029-request-reasons': requestReasons,
};

/**
 * Brings the tables to this code's state; safe when several processes start at once, and while an older release works
 * on them. Migrations of a newer release are left alone, so that old and new replicas run side by side, unless their
 * name ends in `-breaking`.
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
  const mine = Object.fromEntries(Object.entries(known).map(([name, migration]) => [name, polite(migration)]));
  const migrations = { ...mine, ...Object.fromEntries(newer.map((name) => [name, passed])) };
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    // Otherwise another program's table in another schema of this database would be taken for ours.
    migrationTableSchema: await schemaOf(db),
    allowUnorderedMigrations: true,
  });
  await eachAlone(migrator);
}

/**
 * How long a migration waits for a table that is in use. Meanwhile everybody else waits behind it, and it is less than
 * the second after which PostgreSQL looks for a deadlock: of two that wait for one another it is always the migration
 * that gives way, never a person's click.
 */
const lockWaitMs = 500;

function polite({ up }: Migration): Migration {
  return {
    up: async (db) => {
      await sql.raw(`set local lock_timeout = ${lockWaitMs}`).execute(db);
      await up(db);
    },
  };
}

/** A table in use, a deadlock, and what the migrator meets in the catalogue when another program drops a table. */
const passing = new Set(['55P03', '40P01', '42P01', '42703', '3F000', 'XX000']);

/** For how long a migration is repeated, and the pauses between: the longest busy times are over by then. */
const [patienceMs, minPauseMs, maxPauseMs] = [120_000, 100, 2_000];

/**
 * Each migration in a transaction of its own, so that it holds the tables of one. One that meets a table in use stands
 * back, so that the work on it goes on, and is repeated.
 */
async function eachAlone(migrator: Migrator): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let pause = minPauseMs; ;) {
    const { error, results } = await migrator.migrateUp();
    if (!error && !results?.length) return;
    if (!error) {
      pause = minPauseMs;
      continue;
    }
    const { code = '' } = error as { code?: string };
    if (!passing.has(code)) throw error;
    if (performance.now() > until) throw busy(error);
    await setTimeout(pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, maxPauseMs);
  }
}

function busy(error: unknown): Fault {
  const remedy = 'Look in pg_stat_activity for a transaction that has been open for minutes, end it, and start again';
  return unreachable('The tables could not be brought to this release within two minutes', error, remedy);
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

import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { silent } from '../../src/core/log.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import type { Database } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { databaseKinds, removeSchema, serverUrl, type DatabaseKind } from '../support/databases.ts';
import type { MigrateOptions } from './migrating-main.ts';

type MigrationTarget = Omit<MigrateOptions, 'dieAfter'> & { open(): Promise<Database>; end(): Promise<void> };

async function placeOf(kind: DatabaseKind): Promise<MigrationTarget> {
  if (kind === 'pglite') {
    const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'migrate-'));
    return { folder, postgres: null, open: () => openPglite({ folder }), end: () => Promise.resolve() };
  }
  const schema = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connectionString = `${serverUrl()}?application_name=${schema}`;
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`create schema "${schema}"`);
  await client.end();
  const open = () => openPostgres({ connectionString, schema, connections: 2, log: silent });
  return { folder: null, postgres: { connectionString, schema }, open, end: () => removeSchema(schema) };
}

/** Resolves with true if it was killed, false if it ran to its end. */
async function migrateUntil({ folder, postgres }: MigrationTarget, dieAfter: number): Promise<boolean> {
  const options: MigrateOptions = { folder, postgres, dieAfter };
  const program = join(import.meta.dirname, 'migrating-main.ts');
  const child = spawn(process.execPath, [...process.execArgv, program, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal ?? code).toBe(signal === null ? 0 : 'SIGKILL');
  return signal !== null;
}

describe.each(databaseKinds)('a migration killed in the middle, on %s', (kind) => {
  test('the next start completes it, wherever it was', async () => {
    const place = await placeOf(kind);
    try {
      // Early, while tables are created, near the end; each attempt continues where the previous one left the database.
      for (const dieAfter of [3, 9, 15, 22]) expect(await migrateUntil(place, dieAfter)).toBe(true);
      const database = await place.open();
      try {
        const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
          database.db,
        );
        expect(rows.length).toBeGreaterThan(0);
        expect(await database.db.selectFrom('operation').selectAll().execute()).toEqual([]);
        const queue = await openQueue({ database, pollSeconds: 60, log: silent });
        expect(await queue.depth()).toMatchObject({ advance: 0, deliver: 0 });
        await queue.stop(1000);
      } finally {
        await database.close();
      }
      expect(await migrateUntil(place, 1000)).toBe(false); // nothing is left to do
    } finally {
      await place.end();
    }
  });
});

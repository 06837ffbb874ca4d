/**
 * Migrates a database in a process that kills itself after the n-th statement. Its one argument is a `MigrateOptions`
 * as JSON. It exits with 0 if fewer statements were needed.
 */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type Dialect } from 'kysely';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { OneConnectionDialect } from '../../src/store/one-connection.ts';
import type { Tables } from '../../src/store/schema.ts';

/** Which database, and after how many statements to die. */
export type MigrateOptions = {
  readonly folder: string | null;
  readonly postgres: { readonly connectionString: string; readonly schema: string } | null;
  readonly dieAfter: number;
};

const options = JSON.parse(process.argv[2] as string) as MigrateOptions;

async function dialect(): Promise<Dialect> {
  if (options.postgres) {
    const { connectionString, schema } = options.postgres;
    return new PostgresDialect({ pool: new pg.Pool({ connectionString, options: `-c search_path=${schema}` }) });
  }
  return new OneConnectionDialect(await PGlite.create({ dataDir: join(options.folder as string, 'database') }), 5000);
}

let done = 0;
const db = new Kysely<Tables>({
  dialect: await dialect(),
  log: (event) => {
    if (event.level === 'query' && (done += 1) === options.dieAfter) process.kill(process.pid, 'SIGKILL');
  },
});
await migrate(db);
await db.destroy();

/**
 * A PostgreSQL for the bench: the one of `--database`, or the tests' own, started for the run and taken down with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { silent } from '../../../core/log.ts';
import type { Database } from '../../../store/database.ts';
import { openPostgres } from '../../../store/postgres.ts';

/** Where a PostgreSQL is, and how it keeps what it was given. */
export type Server = { readonly url: string; readonly embedded: boolean; stop(): Promise<void> };

/** Tables of a measurement's own. */
export type TestDatabase = {
  readonly url: string;
  readonly schema: string;
  readonly database: Database;
  /** Closes it and removes its tables. */
  end(): Promise<void>;
};

const guard = fileURLToPath(new URL('../../../../test/support/postgres-guard.ts', import.meta.url));

/** Starts the embedded server, which waits for no disk, or takes the given one. */
export async function startServer(given: string | null): Promise<Server> {
  if (given !== null) return { url: given, embedded: false, stop: () => Promise.resolve() };
  if (!existsSync(guard))
    throw new Error('There is no test folder here: name a PostgreSQL with --database postgres://…');
  const child = spawn(process.execPath, [guard], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const early = once(child, 'exit').then(() => Promise.reject(new Error('the embedded PostgreSQL ended at once')));
  early.catch(() => undefined);
  const [line] = (await Promise.race([once(lines, 'line'), early])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    embedded: true,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Makes fresh tables on the server. */
export async function openTestDatabase(server: Server): Promise<TestDatabase> {
  const schema = `bench_${randomUUID().slice(0, 8)}`;
  const database = await openPostgres({ connectionString: server.url, schema, connections: 4, log: silent });
  return {
    url: server.url,
    schema,
    database,
    end: async () => {
      for (const name of [schema, `${schema}_queue`]) {
        await database.db.schema.dropSchema(name).ifExists().cascade().execute();
      }
      await database.close();
    },
  };
}

/** A PostgreSQL for the bench: the one of `--database`, or the tests' own, started and stopped with the run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { silent } from '../../../src/core/log.ts';
import type { Database } from '../../../src/store/database.ts';
import { openPostgres } from '../../../src/store/postgres.ts';
import { startChild } from './child.ts';
import type { LinePlan } from './database-line.ts';

/** Where a PostgreSQL is, and how it stores data. */
export type Server = {
  readonly url: string;
  /** Whether it waits for its disk before it reports a commit. */
  readonly durable: boolean;
  /** How often somebody has waited for its answer; null if it isn't counted. */
  readonly roundTrips: (() => Promise<number>) | null;
  stop(): Promise<void>;
};

/** Which PostgreSQL: your own or (null) one for the run; `answersAfterMs` simulates a network in between. */
type ServerPlan = {
  readonly given: string | null;
  readonly durable: boolean;
  readonly answersAfterMs: number | null;
};

/** The tables of one measurement. */
export type TestDatabase = {
  readonly url: string;
  readonly schema: string;
  readonly database: Database;
  /** Closes it and removes its tables. */
  end(): Promise<void>;
};

const guard = fileURLToPath(new URL('./postgres-guard.ts', import.meta.url));

/** Starts a server for the run, or takes the given one. */
export async function startServer(plan: Partial<ServerPlan> = {}): Promise<Server> {
  const { given = null, durable = false, answersAfterMs = null } = plan;
  const server = await startNear(given, durable);
  if (answersAfterMs === null) return server;
  const { hostname, port } = new URL(server.url);
  const about: LinePlan = { host: hostname, port: Number(port || 5432), answersAfterMs };
  const { child: line, ready } = await startChild<{ port: number }>('database-line', { about });
  const url = new URL(server.url);
  [url.hostname, url.port] = ['127.0.0.1', String(ready.port)];
  return {
    ...server,
    url: url.href,
    roundTrips: () => line.ask<number>('roundTrips'),
    stop: () => line.end().then(() => server.stop()),
  };
}

async function startNear(given: string | null, durable: boolean): Promise<Server> {
  const roundTrips = null;
  if (given !== null) return { url: given, durable: true, roundTrips, stop: () => Promise.resolve() };
  if (!existsSync(guard))
    throw new Error('There is no test folder here: name a PostgreSQL with --database postgres://…');
  const child = spawn(process.execPath, [guard, ...(durable ? ['durable'] : [])], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const early = once(child, 'exit').then(() => Promise.reject(new Error('the embedded PostgreSQL ended at once')));
  early.catch(() => undefined);
  const [line] = (await Promise.race([once(lines, 'line'), early])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    durable,
    roundTrips,
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

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { silent } from '../../src/core/log.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { TestDatabase } from './databases.ts';
import { startPostgres } from './start-postgres.ts';

/** The tests' own server doesn't have these programs; a server of the same version does, as `pg_dump` requires. */
const programs = ['initdb', 'postgres', 'createdb', 'pg_dump', 'pg_restore'];
const debian = '/usr/lib/postgresql';

/** Where the machine's PostgreSQL and its programs are: on the PATH, or where Debian has them; undefined if nowhere. */
export function machinePostgres(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((each) => join(debian, each, 'bin')),
  ];
  return places.find((place) => programs.every((program) => existsSync(join(place, program))));
}

/** A database of the machine's PostgreSQL, backed up as the documentation says. */
export type KeptDatabase = Pick<TestDatabase, 'database' | 'connectionString' | 'schema' | 'end'> & {
  /** Backs it up into a folder. */
  backUp(folder: string): void;
  /** Restores a backup into a database of its own; this one stays as it is, and is closed. */
  restored(folder: string): Promise<KeptDatabase>;
};

/** The line that begins like this on the page for administrators, as a shell runs it. */
function command(beginning: string): string {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'run.md'), 'utf8');
  const line = page.split('\n').find((each) => each.startsWith(beginning));
  if (line === undefined) throw new Error(`docs/run.md has no command ${beginning}`);
  return line;
}

/** Starts that PostgreSQL and makes an empty database on it. */
export async function openKeptDatabase(place: string): Promise<KeptDatabase> {
  const { guard, url } = await startPostgres(`programs=${place}`);
  const { hostname, port, username } = new URL(url);
  const shell = (line: string, more: { cwd?: string; DATABASE_URL?: string } = {}) => {
    const { cwd, ...env } = more;
    const PATH = `${place}${delimiter}${process.env['PATH']}`;
    const where = { PGHOST: hostname, PGPORT: port, PGUSER: username };
    execFileSync('bash', ['-ec', line], { cwd, env: { PATH, ...where, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const open = async (name: string): Promise<KeptDatabase> => {
    const connectionString = Object.assign(new URL(url), { pathname: `/${name}` }).href;
    const database = await openPostgres({ connectionString, connections: 4, log: silent });
    return {
      ...{ database, connectionString, schema: 'public' },
      backUp: (folder) => shell(command('pg_dump '), { cwd: folder, DATABASE_URL: connectionString }),
      restored: async (folder) => {
        await database.close();
        shell(command('createdb '), { cwd: folder });
        return open('kluis-restored');
      },
      end: async () => {
        await database.close();
        guard.stdin?.end();
        if (guard.exitCode === null) await once(guard, 'exit');
      },
    };
  };
  shell('createdb kluis');
  return open('kluis');
}

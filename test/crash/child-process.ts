import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { sql } from 'kysely';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { Database } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { eventually } from '../support/eventually.ts';
import { openTestDatabase, type DatabaseKind } from '../support/databases.ts';
import type { KeptDatabase } from '../support/kept-database.ts';
import { prepareDataFolder } from '../support/pglite-dump.ts';
import type { ChildOptions } from './crashing-main.ts';
import type { CrashAt, ReplicaHost, Running } from './replica-host.ts';

/** A database that other processes can reach too. */
type Server = Pick<KeptDatabase, 'database' | 'connectionString' | 'schema' | 'end'> | KeptDatabase;

const program = join(import.meta.dirname, 'crashing-main.ts');

/**
 * A process that may be paused. `cutDatabase` breaks its connections from the other side, like a failover;
 * `waitsForLock` says whether it waits for a lock that another one holds.
 */
export type RunningChild = Running & {
  pause(): Promise<unknown>;
  goOn(): Promise<void>;
  cutDatabase(): Promise<unknown>;
  waitsForLock(): Promise<boolean>;
  /** Resolves when it has ended by itself: its exit code, and what it printed to standard error until then. */
  readonly ended: Promise<{ readonly code: number | null; readonly printed: string }>;
};

/** A process, in which one bot runs after another; `printed`: to standard error until now. */
type Process = {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly lines: Interface;
  readonly ended: Promise<unknown[]>;
  /** Once all that it printed is here, too. */
  readonly closed: Promise<unknown[]>;
  printed: string;
};

function spawned(): Process {
  const child = spawn(process.execPath, [...process.execArgv, program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [ended, closed] = [once(child, 'exit'), once(child, 'close')];
  const own = { child, lines: createInterface({ input: child.stdout }), ended, closed, printed: '' };
  child.stderr.on('data', (chunk) => (own.printed += String(chunk)));
  return own;
}

function named(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.searchParams.set('application_name', name);
  return url.href;
}

/** Whether a process is suspended, according to Linux; elsewhere it is assumed to be. */
function standsStill(pid: number | undefined): boolean {
  const stat = `/proc/${pid}/stat`;
  return !existsSync('/proc/self/stat') || /^\d+ \(.*\) T/.test(readFileSync(stat, 'utf8'));
}

/** Bots in processes of their own, which kill themselves with SIGKILL. */
export class ChildProcesses implements ReplicaHost {
  readonly reached = new Set<Failpoint>();
  readonly #folder: string;
  #server: Server | null;
  readonly #simulatorUrl: string;
  readonly #processes = new Set<Process>();
  /** Whose bot was stopped. The next one runs in them: to load the product costs far more than to start it. */
  readonly #idle: Process[] = [];
  #started = 0;

  private constructor(folder: string, server: Server | null, simulatorUrl: string) {
    this.#folder = folder;
    this.#server = server;
    this.#simulatorUrl = simulatorUrl;
  }

  /** On a database of this kind, or on the given one. */
  static async open(on: DatabaseKind | Server, simulatorUrl: string): Promise<ChildProcesses> {
    const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'kill-'));
    if (on !== 'pglite')
      return new ChildProcesses(folder, on === 'postgres' ? await openTestDatabase(on) : on, simulatorUrl);
    await prepareDataFolder(folder);
    return new ChildProcesses(folder, null, simulatorUrl);
  }

  async start(crash: CrashAt | null): Promise<RunningChild> {
    const name = `${this.#server?.schema}-${(this.#started += 1)}`;
    const options: ChildOptions = {
      folder: this.#folder,
      simulatorUrl: this.#simulatorUrl,
      postgres: this.#server && {
        connectionString: named(this.#server.connectionString as string, name),
        schema: this.#server.schema,
      },
      crash,
    };
    const own = this.#idle.pop() ?? this.#newProcess();
    const { child } = own;
    const [listening, stopped] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
    const reached: Failpoint[] = [];
    const hear = (line: string) => {
      const [word, told] = line.split(' ') as [string, string];
      if (word === 'listens') listening.resolve(told);
      else if (word === 'stopped') stopped.resolve();
      else reached.push(told as Failpoint);
    };
    own.lines.on('line', hear);
    child.stdin.write(`${JSON.stringify(options)}\n`);
    const isOver = () => reached.forEach((failpoint) => this.reached.add(failpoint));
    const crashed = own.ended.then(([, signal]) => {
      if (signal !== 'SIGKILL') throw new Error(`the bot ended by itself, last at ${reached.at(-1)}: ${own.printed}`);
      isOver();
      return reached.at(-1) as Failpoint;
    });
    crashed.catch(() => {});
    // It may be killed before it listens: unfinished work is resumed during the start.
    const url = await Promise.race([listening.promise, crashed.then(() => 'http://127.0.0.1:9')]);
    return {
      url,
      reached,
      crashed,
      ended: own.closed.then(([code]) => ({ code: code as number | null, printed: own.printed })),
      kill: async () => {
        child.kill('SIGKILL');
        await crashed;
      },
      stop: async () => {
        child.kill('SIGTERM');
        child.kill('SIGCONT'); // it may be paused
        await Promise.race([stopped.promise, crashed]);
        isOver();
        own.lines.off('line', hear);
        this.#idle.push(own);
      },
      pause: () => {
        child.kill('SIGSTOP');
        return eventually('it to stand still', () => standsStill(child.pid));
      },
      goOn: async () => {
        // It reports where it is before it stops itself: a signal in between would be lost.
        await eventually('it to stand still', () => standsStill(child.pid));
        child.kill('SIGCONT');
      },
      cutDatabase: () =>
        this.read((db) =>
          sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${name}`.execute(db),
        ),
      waitsForLock: async () => {
        const { rows } = await this.read<{ rows: unknown[] }>((db) =>
          sql`select 1 from pg_stat_activity where application_name = ${name} and wait_event_type = 'Lock'`.execute(db),
        );
        return rows.length > 0;
      },
    };
  }

  #newProcess(): Process {
    const own = spawned();
    this.#processes.add(own);
    void own.ended.then(() => this.#processes.delete(own));
    return own;
  }

  /** The database's backup as documented: `pg_dump`, or `tar` while no process runs. */
  backUp(): void {
    if (this.#server) this.#kept().backUp(this.#folder);
    else execFileSync('tar', ['-C', this.#folder, '-czf', this.#archive(), 'database']);
  }

  /** The database as it was when it was backed up; later writes are gone. */
  async restore(): Promise<void> {
    if (this.#server) {
      this.#server = await this.#kept().restored(this.#folder);
      return;
    }
    await rm(join(this.#folder, 'database'), { recursive: true });
    execFileSync('tar', ['-C', this.#folder, '-xzf', this.#archive()]);
  }

  #archive(): string {
    return join(this.#folder, 'kluis-data.tgz');
  }

  #kept(): KeptDatabase {
    if (this.#server && 'backUp' in this.#server) return this.#server;
    throw new Error('the PostgreSQL of all tests is kept by nobody');
  }

  async read<T>(look: Parameters<ReplicaHost['read']>[0]): Promise<T> {
    const database: Database = this.#server?.database ?? (await openPglite({ folder: this.#folder }));
    try {
      return (await look(database.db)) as T;
    } finally {
      if (!this.#server) await database.close();
    }
  }

  async end(): Promise<void> {
    for (const { child } of this.#processes) child.kill('SIGKILL');
    await this.#server?.end();
  }
}

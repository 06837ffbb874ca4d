import { PGlite } from '@electric-sql/pglite';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startKluis, type Kluis } from '../../src/compose.ts';
import { defaultConfig, type KluisConfig } from '../../src/config/kluis-config.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { Database } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { cutPglite } from '../support/cut-pglite.ts';
import { openTestDatabase, type DatabaseKind } from '../support/databases.ts';
import { keepingLog, type LogLine } from '../support/keeping-log.ts';
import { Line } from '../support/line.ts';
import { migratedDump } from '../support/pglite-dump.ts';
import { timePasses } from '../support/time-passes.ts';
import {
  editGapMs,
  settingsIn,
  shortLeases,
  waits,
  type CrashAt,
  type ReplicaHost,
  type Running,
} from './replica-host.ts';

/** A connection to the database for one composition, which can be cut for good. */
type Way = { readonly database: Database; cut(): Promise<void>; close(): Promise<void> };

type Base = { open(): Promise<Way>; readonly watcher: Database; end(): Promise<void> };

/**
 * What happens at a reached failpoint: nothing, or a crash. It gets more than the failpoint, for tests that decide as
 * they go.
 */
export type EndsAt = (failpoint: Failpoint) => boolean;

/**
 * Bots in this process. A crash abandons the composition: its connections to the database and to Azure are cut at the
 * same moment, so nothing that it still does has an effect, and nothing that it holds is released.
 */
export class InProcess implements ReplicaHost {
  readonly reached = new Set<Failpoint>();
  readonly log: LogLine[] = [];
  readonly #base: Base;
  readonly #simulatorPort: number;
  readonly #folder: string;
  readonly #config: KluisConfig;
  readonly #ending: Promise<unknown>[] = [];

  private constructor(base: Base, at: { simulatorPort: number; folder: string; config: KluisConfig }) {
    this.#base = base;
    this.#simulatorPort = at.simulatorPort;
    this.#folder = at.folder;
    this.#config = at.config;
  }

  static async open(
    kind: DatabaseKind,
    simulatorUrl: string,
    config: KluisConfig = defaultConfig('simulator'),
  ): Promise<InProcess> {
    const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'crash-'));
    const base = kind === 'pglite' ? await embedded() : await onServer();
    return new InProcess(base, { simulatorPort: Number(new URL(simulatorUrl).port), folder, config });
  }

  start(crash: CrashAt | null): Promise<Running> {
    let left = crash?.reach ?? 1;
    return this.startUntil((failpoint) => failpoint === crash?.failpoint && (left -= 1) === 0);
  }

  /** Starts a bot that crashes where `ends` says so. */
  async startUntil(ends: EndsAt): Promise<Running> {
    const way = await this.#base.open();
    const azure = await Line.open(this.#simulatorPort);
    const crashed = Promise.withResolvers<Failpoint>();
    const reached: Failpoint[] = [];
    let isOver = false;
    const kluis: Promise<Kluis> = startKluis({
      settings: settingsIn(this.#folder),
      config: this.#config,
      log: keepingLog(this.log),
      simulatorUrl: `http://127.0.0.1:${azure.port}`,
      database: way.database,
      waits,
      leases: shortLeases,
      editGapMs,
      failpoint: async (failpoint) => {
        if (!isOver) {
          reached.push(failpoint);
          this.reached.add(failpoint);
          if (!ends(failpoint)) return;
          await kill();
          crashed.resolve(failpoint);
        }
        throw new Error('the process ended here');
      },
    });
    const kill = async () => {
      isOver = true;
      await kluis; // half a start couldn't be stopped
      azure.cut();
      await way.cut();
      // The next one needn't wait until the claims run out; in `killed`, `paused` and `two-processes` it does.
      await timePasses(this.#base.watcher.db, shortLeases.operation);
      this.#ending.push(abandon(kluis, way, azure));
    };
    const stop = async () => {
      if (isOver) return;
      await (await kluis).stop();
      await azure.close();
      await way.close();
    };
    return { url: (await kluis).url, reached, crashed: crashed.promise, kill, stop };
  }

  read: ReplicaHost['read'] = (look) => look(this.#base.watcher.db);

  async end(): Promise<void> {
    await Promise.allSettled(this.#ending);
    await this.#base.end();
  }
}

/** Stops what is left of a composition that can no longer do anything. */
async function abandon(kluis: Promise<Kluis>, way: Way, azure: Line): Promise<void> {
  await kluis.then((started) => started.stop()).catch(() => {});
  await azure.close();
  await way.close();
}

async function embedded(): Promise<Base> {
  const pglite = await PGlite.create({ loadDataDir: await migratedDump() });
  return {
    open: () => Promise.resolve({ ...cutPglite(pglite), close: () => Promise.resolve() }),
    watcher: cutPglite(pglite).database,
    end: () => pglite.close(),
  };
}

async function onServer(): Promise<Base> {
  const host = await openTestDatabase('postgres');
  return { open: () => wayOnServer(host), watcher: host.database, end: () => host.end() };
}

async function wayOnServer(host: { connectionString: string | null; schema: string }): Promise<Way> {
  const url = new URL(host.connectionString as string);
  const line = await Line.open(Number(url.port));
  url.port = String(line.port);
  const { schema } = host;
  const database = await openPostgres({ connectionString: url.href, schema, connections: 4, log: keepingLog([]) });
  return {
    database,
    cut: () => Promise.resolve(line.cut()),
    close: async () => {
      await database.close();
      await line.close();
    },
  };
}

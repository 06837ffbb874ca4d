import type { Kysely } from 'kysely';
import type { Leases } from '../../src/bot/leases.ts';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { realWaits, type Waits } from '../../src/operations/list.ts';
import { scaledWaits } from '../../src/operations/ground/waits.ts';
import type { Tables } from '../../src/store/schema.ts';
import { rareVaultLooks } from '../support/rare-vault-looks.ts';

/**
 * Where a process ends: at the n-th time (by default the first) that it reaches a failpoint. A process may be `paused`
 * instead, until it is resumed, from then on each time or that `once`; or end by an error that nothing catches, which
 * `carries` this.
 */
export type CrashAt = {
  readonly failpoint: Failpoint;
  readonly reach?: number;
  readonly paused?: true | 'once';
  readonly carries?: string;
};

/** A running bot. `crashed` resolves when it has ended at its failpoint; `stop` ends it as SIGTERM does. */
export type Running = {
  readonly url: string;
  /** The failpoints that it reached so far, in order: what it did. */
  readonly reached: readonly Failpoint[];
  readonly crashed: Promise<Failpoint>;
  /** Kills it at once, wherever it is. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** A database with one bot after another on it. */
export type ReplicaHost = {
  start(crash: CrashAt | null): Promise<Running>;
  /** Reads the database; an embedded one of another process only while none runs. */
  read<T>(look: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Every failpoint that any of them reached. */
  readonly reached: ReadonlySet<Failpoint>;
  end(): Promise<void>;
};

/** The speed of everything, as a multiple of Azure's. */
export const speed = 3000;

const scaled = scaledWaits(realWaits, speed);

/** The speed's waits; those that limit the product's own work, which is as slow as ever, are longer. */
export const waits: Waits = {
  ...scaled,
  ...rareVaultLooks(scaled),
  traceProtect: 2_000,
  traceBackup: 2_000,
  traceRestore: 3_000,
  grantFresh: 60_000,
  grantShows: 60_000,
  recoverShows: 60_000,
  keyShows: 60_000,
  pointShows: 60_000,
  point: 60_000,
  refusedReads: 60_000,
  vmAgent: 60_000,
};

/**
 * Short, so that the next process needn't wait for what the last one held; long enough for one step on a busy machine.
 */
export const shortLeases: Leases = {
  operation: 1500,
  renew: 200,
  lookup: 1500,
  delivery: 1500,
  poll: 1500,
  scheduled: 1500,
  sweep: 300,
  forget: 1000,
  okTtlMs: 1000,
  failedTtlMs: 300,
};

/** Between two edits of a card. */
export const editGapMs = 200;

/** The settings of a bot on a free port, with its files in `folder`. */
export function settingsIn(folder: string): Settings {
  const read = readSettings({ PORT: '0', KLUIS_DATA_DIR: folder, KLUIS_SIM_SPEED: String(speed) });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

import { PgBoss, fromKysely, type KyselyTransactionLike } from 'pg-boss';
import type { Log } from '../core/log.ts';
import { loggable } from '../core/log.ts';
import { concurrency, queueNames, type QueueName, type Wake, type Worker } from './wake.ts';

/** What the queue needs of a database: pg-boss's own way in, or a connection string. */
export type QueueDatabase = {
  readonly kind: 'postgres' | 'pglite';
  readonly queue: {
    readonly db: ReturnType<typeof fromKysely> | null;
    readonly connectionString: string | null;
    readonly schema: string;
  };
};

/** The wake-ups, on the same database as everything else. */
export type Queue = {
  /** Writes wake-ups down inside the transaction that made them necessary. */
  send(trx: KyselyTransactionLike, wakes: readonly Wake[]): Promise<void>;
  /** After the commit: arms the timers of those that are due later, so that they are not found by polling only. */
  arm(wakes: readonly Wake[]): void;
  /** Begins to work; resolves when every queue is there. */
  work(workers: Readonly<Record<QueueName, Worker>>): Promise<void>;
  /** How many wake-ups wait, by kind. */
  depth(): Promise<Readonly<Record<string, number>>>;
  /** Takes no new work, waits for what runs, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** Opens the queue. Workers are woken by the database's notifications; polling is the floor beneath. */
export async function openQueue(options: {
  readonly database: QueueDatabase;
  readonly pollSeconds: number;
  readonly log: Log;
}): Promise<Queue> {
  const { database, log } = options;
  const boss = new PgBoss({
    ...(database.queue.db
      ? { db: database.queue.db }
      : { connectionString: database.queue.connectionString as string }),
    ...(database.kind === 'pglite' ? { backend: 'pglite' as const } : {}),
    schema: database.queue.schema,
    useListenNotify: true,
    max: 4,
  });
  boss.on('error', (error) => log.warn(loggable(error), 'the queue met an error'));
  await boss.start();
  for (const name of queueNames) await ensureQueue(boss, name);
  const timers = new Set<NodeJS.Timeout>();
  const ids = new Map<QueueName, string[]>();
  return {
    send: (trx, wakes) => send(boss, trx, wakes),
    arm: (wakes) => wakes.forEach((wake) => arm(boss, { wake, timers, ids })),
    work: (workers) => work(boss, { workers, ids, pollSeconds: options.pollSeconds, log }),
    depth: () => depth(boss),
    stop: async (graceMs) => {
      timers.forEach((timer) => clearTimeout(timer));
      await boss.stop({ graceful: true, timeout: graceMs, close: true });
    },
  };
}

async function ensureQueue(boss: PgBoss, name: QueueName): Promise<void> {
  // A wake-up that failed is not worth a retry: the sweep finds the row again. So nothing is kept for long either.
  const settings = {
    retryLimit: 0,
    expireInSeconds: 120,
    deleteAfterSeconds: 60,
    retentionSeconds: 86_400,
    notify: true,
  };
  await boss.createQueue(name, settings);
}

async function send(boss: PgBoss, trx: KyselyTransactionLike, wakes: readonly Wake[]): Promise<void> {
  for (const name of queueNames) {
    const mine = wakes.filter((wake) => wake.to === name);
    if (mine.length === 0) continue;
    const jobs = mine.map((wake) => ({
      data: { id: wake.id },
      ...(wake.inMs ? { startAfter: new Date(Date.now() + wake.inMs) } : {}),
    }));
    await boss.insert(name, jobs, { db: fromKysely(trx) });
  }
}

type Arming = {
  readonly wake: Wake;
  readonly timers: Set<NodeJS.Timeout>;
  readonly ids: ReadonlyMap<QueueName, string[]>;
};

/** A queue finds a wake-up that is due later by polling; the timer lets this process look at the right moment. */
function arm(boss: PgBoss, { wake, timers, ids }: Arming): void {
  const timer = setTimeout(
    () => {
      timers.delete(timer);
      for (const id of ids.get(wake.to) ?? []) boss.notifyWorker(id);
    },
    (wake.inMs ?? 0) + 5,
  );
  timer.unref();
  timers.add(timer);
}

type Working = {
  readonly workers: Readonly<Record<QueueName, Worker>>;
  readonly ids: Map<QueueName, string[]>;
  readonly pollSeconds: number;
  readonly log: Log;
};

async function work(boss: PgBoss, { workers, ids, pollSeconds, log }: Working): Promise<void> {
  for (const name of queueNames) {
    const options = {
      localConcurrency: concurrency[name],
      pollingIntervalSeconds: pollSeconds,
      notifyPollingIntervalSeconds: Math.max(pollSeconds, 2),
      batchSize: 1,
    };
    const id = await boss.work<{ id: string }>(name, options, async (jobs) => {
      for (const job of jobs) await doOne(workers[name], { id: job.data.id, name, signal: job.signal, log });
    });
    ids.set(name, [...(ids.get(name) ?? []), id]);
  }
}

async function doOne(
  worker: Worker,
  piece: { id: string; name: QueueName; signal: AbortSignal; log: Log },
): Promise<void> {
  try {
    await worker(piece.id, piece.signal);
  } catch (error) {
    piece.log.error(
      { ...loggable(error), work: piece.name, id: piece.id },
      'a piece of work failed; the sweep comes again',
    );
  }
}

async function depth(boss: PgBoss): Promise<Readonly<Record<string, number>>> {
  const queues = await boss.getQueues([...queueNames]);
  return Object.fromEntries(queues.map((queue) => [queue.name, queue.queuedCount]));
}

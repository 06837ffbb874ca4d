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
  const crews = new Map<QueueName, Crew>();
  return {
    send: (trx, wakes) => send(boss, trx, wakes),
    arm: (wakes) => wakes.forEach((wake) => arm(boss, { wake, timers, crews })),
    work: (workers) => work(boss, { workers, crews, pollSeconds: options.pollSeconds, log }),
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

/** The workers of one queue in this process, by pg-boss's ids: those that are at it, and whose turn it is to be woken. */
type Crew = { readonly ids: string[]; readonly busy: Set<string>; turn: number };

type Arming = {
  readonly wake: Wake;
  readonly timers: Set<NodeJS.Timeout>;
  readonly crews: ReadonlyMap<QueueName, Crew>;
};

/** A queue finds a wake-up that is due later by polling; the timer lets this process look at the right moment. */
function arm(boss: PgBoss, { wake, timers, crews }: Arming): void {
  const timer = setTimeout(
    () => {
      timers.delete(timer);
      const crew = crews.get(wake.to);
      if (crew) wakeOne(boss, crew);
    },
    (wake.inMs ?? 0) + 5,
  );
  timer.unref();
  timers.add(timer);
}

/** One that is idle, each in turn. Where all are busy nothing is to be done: each looks again when it is free. */
function wakeOne(boss: PgBoss, crew: Crew): void {
  const idle = crew.ids.filter((id) => !crew.busy.has(id));
  const id = idle[crew.turn++ % Math.max(1, idle.length)];
  if (id !== undefined) boss.notifyWorker(id);
}

type Working = {
  readonly workers: Readonly<Record<QueueName, Worker>>;
  readonly crews: Map<QueueName, Crew>;
  readonly pollSeconds: number;
  readonly log: Log;
};

async function work(boss: PgBoss, working: Working): Promise<void> {
  for (const name of queueNames) {
    working.crews.set(name, { ids: [], busy: new Set(), turn: 0 });
    for (let n = 0; n < concurrency[name]; n++) await engage(boss, name, working);
  }
}

/** One worker more. After a piece of work it looks at once for the next, else a queue of many is worked off by polling. */
async function engage(boss: PgBoss, name: QueueName, { workers, crews, pollSeconds, log }: Working): Promise<void> {
  const crew = crews.get(name) as Crew;
  const options = {
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: Math.max(pollSeconds, 2),
    batchSize: 1,
  };
  const engaged: Promise<string> = boss.work<{ id: string }>(name, options, async (jobs) => {
    const id = await engaged;
    crew.busy.add(id);
    for (const job of jobs) await doOne(workers[name], { id: job.data.id, name, signal: job.signal, log });
    crew.busy.delete(id);
    boss.notifyWorker(id);
  });
  crew.ids.push(await engaged);
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

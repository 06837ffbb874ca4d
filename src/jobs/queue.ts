import { PgBoss, type DatabaseOptions, type fromKysely, type KyselyTransactionLike } from 'pg-boss';
import { type Log, loggable } from '../core/log.ts';
import { slotsFor, type Slots } from './slots.ts';
import { timersOf } from './timers.ts';
import { concurrency, keepsSlotMs, maxWaiting, queueNames, type QueueName, type Wake, type Worker } from './wake.ts';

/** A way to execute a statement. */
type Access = ReturnType<typeof fromKysely>;

/** What the queue needs from a database: pg-boss's access to it, or what it needs for its own connections. */
type QueueDatabase = {
  readonly kind: 'postgres' | 'pglite';
  readonly queue: {
    readonly way: ({ readonly db: Access } | Readonly<DatabaseOptions>) & { readonly useListenNotify?: boolean };
    readonly schema: string;
    /** Its access within an open transaction. */
    readonly within: (trx: KyselyTransactionLike) => Access;
  };
};

/** What is left to do for wake-ups after the transaction that needed them has committed. */
type AfterCommit = () => void;

/** The wake-ups, on the same database as everything else. */
export type Queue = {
  /**
   * Stores wake-ups, inside the transaction that needs them, for any process to take. Those that this process takes
   * itself, now or when they are due, aren't stored: the returned function starts them, and is called after the commit.
   */
  send(trx: KyselyTransactionLike, wakes: readonly Wake[]): Promise<AfterCommit>;
  /** Starts the workers; resolves when every queue exists. */
  work(workers: Readonly<Record<QueueName, Worker>>): Promise<void>;
  /** How many wake-ups are due and waiting right now, by kind. */
  depth(): Promise<Readonly<Record<string, number>>>;
  /** Takes no new work and waits for what is running, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

type QueueOptions = { readonly database: QueueDatabase; readonly pollSeconds: number; readonly log: Log };

/** Opens the queue. The database's notifications wake the workers; polling is the fallback. */
export async function openQueue({ database, pollSeconds, log }: QueueOptions): Promise<Queue> {
  const boss = await startBoss(database, log);
  if (database.queue.way.useListenNotify === false) log.info({}, pollsNote(pollSeconds));
  const timers = timersOf();
  const crews = new Map<QueueName, Crew>();
  const begin = (here: readonly Wake[]) => here.forEach(({ to, id }) => void crews.get(to)?.begin(id));
  /** What is due later waits in this process; if no slot is free then, it is stored like the rest. */
  const due = async (wake: Wake) => {
    const { here, anywhere } = divide([wake], crews);
    begin(here);
    await send(boss, anywhere).catch((error: unknown) => log.warn(loggable(error), 'a wake-up is left to the sweep'));
  };
  return {
    send: async (trx, wakes) => {
      const { here, anywhere } = divide(
        wakes.filter(({ inMs }) => !inMs),
        crews,
      );
      await send(boss, anywhere, database.queue.within(trx));
      return () => {
        begin(here);
        for (const wake of wakes) if (wake.inMs) timers.set(wake.inMs, () => void due(wake));
      };
    },
    work: (workers) => work(boss, { workers, crews, pollSeconds, log }),
    depth: () => depth(boss, { schema: database.queue.schema, crews }),
    stop: async (graceMs) => {
      timers.end();
      await endWork(boss, crews, graceMs);
      // If the server is unreachable, closing doesn't wait longer than the grace period.
      await within(boss.stop({ graceful: true, timeout: graceMs, close: true }), graceMs);
    },
  };
}

function pollsNote(seconds: number): string {
  return `the database is behind a pooler, so work that one process leaves to another starts up to ${seconds} s later`;
}

async function startBoss(database: QueueDatabase, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    useListenNotify: true,
    ...database.queue.way,
    ...(database.kind === 'pglite' ? { backend: 'pglite' as const } : {}),
    schema: database.queue.schema,
    // Features that aren't used here make no queries: no cron, and no jobs that wait for other jobs.
    schedule: false,
    flowIntervalSeconds: 3_600,
    max: 2,
  });
  boss.on('error', (error) => log.warn(loggable(error), 'the queue met an error'));
  await boss.start();
  for (const name of queueNames) await ensureQueue(boss, name);
  return boss;
}

/** Splits what is due into what starts or waits here, while there is room, and what any process may take. */
function divide(wakes: readonly Wake[], crews: Crews): { here: Wake[]; anywhere: Wake[] } {
  const [here, anywhere]: [Wake[], Wake[]] = [[], []];
  for (const wake of wakes) {
    const slots = crews.get(wake.to)?.slots;
    const taken = here.filter(({ to }) => to === wake.to).length;
    const max = concurrency[wake.to] + maxWaiting[wake.to];
    const fits = slots && !slots.closed && slots.busy + taken < max;
    (fits ? here : anywhere).push(wake);
  }
  return { here, anywhere };
}

/** How long one piece of work may take. */
const maxMs = 120_000;

async function ensureQueue(boss: PgBoss, name: QueueName): Promise<void> {
  // A failed wake-up isn't worth a retry: the sweep finds the row again. So nothing is kept for long either.
  const settings = {
    retryLimit: 0,
    expireInSeconds: 600,
    deleteAfterSeconds: 60,
    retentionSeconds: 86_400,
    notify: true,
  };
  await boss.createQueue(name, settings);
}

async function send(boss: PgBoss, wakes: readonly Wake[], db?: Access): Promise<void> {
  for (const name of queueNames) {
    const mine = wakes.filter((wake) => wake.to === name);
    if (mine.length === 0) continue;
    const jobs = mine.map((wake) => ({ data: { id: wake.id } }));
    await boss.insert(name, jobs, { ...(db && { db }) });
  }
}

/**
 * The crew for one queue in this process: one pg-boss worker that takes wake-ups off the queue, and the slots in which
 * they are worked on. For pg-boss a wake-up is done when its work has started: what is lost with the process is found
 * by the sweep. So a notification costs one query of the queue, however many slots are free.
 */
type Crew = {
  id: string;
  readonly slots: Slots;
  readonly stops: Set<AbortController>;
  /** Starts the work of a wake-up once a slot is free; resolves when it has started. */
  readonly begin: (id: string) => Promise<void>;
};
type Crews = ReadonlyMap<QueueName, Crew>;

type Working = {
  readonly workers: Readonly<Record<QueueName, Worker>>;
  readonly crews: Map<QueueName, Crew>;
  readonly pollSeconds: number;
  readonly log: Log;
};

async function work(boss: PgBoss, working: Working): Promise<void> {
  for (const name of queueNames) await engage(boss, name, working);
}

/** How many wake-ups are taken off the queue at once: taking and ending four costs as much as one. */
const atOnce = 4;

/** After a wake-up the next one is fetched at once; otherwise a long queue would be worked off by polling. */
async function engage(boss: PgBoss, name: QueueName, { workers, crews, pollSeconds, log }: Working): Promise<void> {
  const [slots, stops] = [slotsFor(concurrency[name], keepsSlotMs[name]), new Set<AbortController>()];
  const one = (id: string) => stoppable(stops, (signal) => doOne(workers[name], { id, name, signal, log }));
  const crew: Crew = { id: '', slots, stops, begin: beginner(slots, one) };
  const options = {
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: Math.max(pollSeconds, 2),
    batchSize: atOnce,
  };
  crew.id = await boss.work<{ id: string }>(name, options, async (jobs) => {
    for (const { data } of jobs) await crew.begin(data.id);
    // Nothing more is taken while no slot is free: another process may have one.
    await slots.free();
    boss.notifyWorker(crew.id);
  });
  crews.set(name, crew);
}

/** A row that is already waiting for its turn isn't queued twice. */
function beginner(slots: Slots, work: (id: string) => Promise<void>): (id: string) => Promise<void> {
  const inLine = new Map<string, Promise<void>>();
  return (id) => {
    const waiting = inLine.get(id);
    if (waiting) return waiting;
    const begun = slots.begin(() => {
      inLine.delete(id);
      return work(id);
    });
    if (slots.waiting > 0) inLine.set(id, begun);
    return begun;
  };
}

/**
 * Runs a piece of work with a signal that fires when it takes too long, or when this process can't wait for it any
 * more.
 */
async function stoppable(stops: Set<AbortController>, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), maxMs).unref();
  stops.add(stop);
  await work(stop.signal);
  stops.delete(stop);
  clearTimeout(late);
}

/** Accepts no new wake-ups, waits for what is running, and reports what is still running after the grace period. */
async function endWork(boss: PgBoss, crews: Crews, graceMs: number): Promise<void> {
  const all = [...crews];
  all.forEach(([, { slots }]) => slots.close());
  const calm = async () => {
    await Promise.all(all.map(([name]) => boss.offWork(name, { wait: true })));
    await Promise.all(all.map(([, { slots }]) => slots.idle()));
  };
  await within(calm(), graceMs);
  for (const [, { stops }] of all) for (const stop of stops) stop.abort();
}

/** Waits for `work`, at most `ms`. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const over = new Promise<void>((done) => (late = setTimeout(done, ms)));
  await Promise.race([work, over]).finally(() => clearTimeout(late));
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

/**
 * Counted from the rows themselves: pg-boss's own statistics are up to a minute old. A wake-up that is due later isn't
 * waiting; one that waits for a slot here is.
 */
async function depth(
  boss: PgBoss,
  { schema, crews }: { readonly schema: string; readonly crews: Crews },
): Promise<Readonly<Record<string, number>>> {
  const { rows } = (await boss.getDb().executeSql(
    `select name, count(*)::int as waiting from "${schema}".job
      where state < 'active' and start_after <= now() group by name`,
  )) as { rows: { name: string; waiting: number }[] };
  const waiting = new Map(rows.map((row) => [row.name, row.waiting]));
  const inLine = (name: QueueName) => crews.get(name)?.slots.waiting ?? 0;
  return Object.fromEntries(queueNames.map((name) => [name, (waiting.get(name) ?? 0) + inLine(name)]));
}

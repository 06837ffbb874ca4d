import { PgBoss, type DatabaseOptions, type fromKysely, type KyselyTransactionLike } from 'pg-boss';
import type { Log } from '../core/log.ts';
import { loggable } from '../core/log.ts';
import { slotsFor, type Slots } from './slots.ts';
import { concurrency, maxWaiting, queueNames, type QueueName, type Wake, type Worker } from './wake.ts';

/** A way to execute a statement. */
type Access = ReturnType<typeof fromKysely>;

/** What the queue needs from a database: pg-boss's access to it, or what it needs for its own connections. */
type QueueDatabase = {
  readonly kind: 'postgres' | 'pglite';
  readonly queue: {
    readonly way: { readonly db: Access } | Readonly<DatabaseOptions>;
    readonly schema: string;
    /** Its way in within an open transaction. */
    readonly within: (trx: KyselyTransactionLike) => Access;
  };
};

/** What is left to do for wake-ups once the transaction that made them necessary has committed. */
type AfterCommit = () => void;

/** The wake-ups, on the same database as everything else. */
export type Queue = {
  /**
   * Inside the transaction that made them necessary: writes down the wake-ups that another process may take. Those that
   * are due now and that this process takes itself are not: what it returns begins them, and is called after the
   * commit.
   */
  send(trx: KyselyTransactionLike, wakes: readonly Wake[]): Promise<AfterCommit>;
  /** Begins to work; resolves when every queue is there. */
  work(workers: Readonly<Record<QueueName, Worker>>): Promise<void>;
  /** How many wake-ups are due and wait, by kind: now, not a minute ago. */
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
    ...database.queue.way,
    ...(database.kind === 'pglite' ? { backend: 'pglite' as const } : {}),
    schema: database.queue.schema,
    useListenNotify: true,
    // What of it is not used here asks the database nothing: no cron, and no jobs that wait for other jobs.
    schedule: false,
    flowIntervalSeconds: 3_600,
    max: 2,
  });
  boss.on('error', (error) => log.warn(loggable(error), 'the queue met an error'));
  await boss.start();
  for (const name of queueNames) await ensureQueue(boss, name);
  const timers = new Set<NodeJS.Timeout>();
  const crews = new Map<QueueName, Crew>();
  return {
    send: async (trx, wakes) => {
      const { here, anywhere } = divide(wakes, crews);
      await send(boss, database.queue.within(trx), anywhere);
      return () => {
        for (const wake of here) crews.get(wake.to)?.begin(wake.id);
        for (const wake of anywhere) arm(boss, { wake, timers, crews });
      };
    },
    work: (workers) => work(boss, { workers, crews, pollSeconds: options.pollSeconds, log }),
    depth: () => depth(boss, { schema: database.queue.schema, crews }),
    stop: async (graceMs) => {
      timers.forEach((timer) => clearTimeout(timer));
      await endWork(boss, crews, graceMs);
      // A server that is out of reach is not said goodbye to for longer than the grace.
      await within(boss.stop({ graceful: true, timeout: graceMs, close: true }), graceMs);
    },
  };
}

/** Which wake-ups begin here, since there is a place for them, and which any process may take. */
function divide(wakes: readonly Wake[], crews: Crews): { here: Wake[]; anywhere: Wake[] } {
  const [here, anywhere]: [Wake[], Wake[]] = [[], []];
  for (const wake of wakes) {
    const slots = crews.get(wake.to)?.slots;
    const taken = here.filter(({ to }) => to === wake.to).length;
    const max = concurrency[wake.to] + maxWaiting[wake.to];
    const fits = slots && !slots.closed && !wake.inMs && slots.busy + taken < max;
    (fits ? here : anywhere).push(wake);
  }
  return { here, anywhere };
}

/** How long one piece of work may take. */
const maxMs = 120_000;

async function ensureQueue(boss: PgBoss, name: QueueName): Promise<void> {
  // A wake-up that failed is not worth a retry: the sweep finds the row again. So nothing is kept for long either.
  const settings = {
    retryLimit: 0,
    expireInSeconds: 600,
    deleteAfterSeconds: 60,
    retentionSeconds: 86_400,
    notify: true,
  };
  await boss.createQueue(name, settings);
}

async function send(boss: PgBoss, db: Access, wakes: readonly Wake[]): Promise<void> {
  for (const name of queueNames) {
    const mine = wakes.filter((wake) => wake.to === name);
    if (mine.length === 0) continue;
    const jobs = mine.map((wake) => ({
      data: { id: wake.id },
      ...(wake.inMs ? { startAfter: new Date(Date.now() + wake.inMs) } : {}),
    }));
    await boss.insert(name, jobs, { db });
  }
}

/**
 * Who works on one queue in this process: one worker of pg-boss that takes wake-ups off the queue, and the slots in
 * which they are worked on. A wake-up counts as done for pg-boss when its work has begun: what is lost with the process
 * is found by the sweep. So a notification costs one query of the queue, however many slots are free.
 */
type Crew = {
  id: string;
  readonly slots: Slots;
  readonly stops: Set<AbortController>;
  /** Starts the work of a wake-up once a slot is free; resolves when it has started. */
  readonly begin: (id: string) => Promise<void>;
};
type Crews = ReadonlyMap<QueueName, Crew>;

type Arming = {
  readonly wake: Wake;
  readonly timers: Set<NodeJS.Timeout>;
  readonly crews: Crews;
};

/** A queue finds a wake-up that is due later by polling; the timer lets this process look at the right moment. */
function arm(boss: PgBoss, { wake, timers, crews }: Arming): void {
  const timer = setTimeout(
    () => {
      timers.delete(timer);
      const crew = crews.get(wake.to);
      if (crew) boss.notifyWorker(crew.id);
    },
    (wake.inMs ?? 0) + 5,
  );
  timer.unref();
  timers.add(timer);
}

type Working = {
  readonly workers: Readonly<Record<QueueName, Worker>>;
  readonly crews: Map<QueueName, Crew>;
  readonly pollSeconds: number;
  readonly log: Log;
};

async function work(boss: PgBoss, working: Working): Promise<void> {
  for (const name of queueNames) await engage(boss, name, working);
}

/**
 * How many wake-ups are taken off the queue in one go: taking them and ending them costs as much for four as for one.
 */
const atOnce = 4;

/** After a wake-up the next one is asked for at once, else a queue of many is worked off by polling. */
async function engage(boss: PgBoss, name: QueueName, { workers, crews, pollSeconds, log }: Working): Promise<void> {
  const [slots, stops] = [slotsFor(concurrency[name]), new Set<AbortController>()];
  const one = (id: string) => stoppable(stops, (signal) => doOne(workers[name], { id, name, signal, log }));
  const crew: Crew = { id: '', slots, stops, begin: beginner(slots, one) };
  const options = {
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: Math.max(pollSeconds, 2),
    batchSize: atOnce,
  };
  crew.id = await boss.work<{ id: string }>(name, options, async (jobs) => {
    for (const { data } of jobs) await crew.begin(data.id);
    // Nothing more is taken while no place is free: another process may have one.
    await slots.free();
    boss.notifyWorker(crew.id);
  });
  crews.set(name, crew);
}

/** A row that waits for its turn already is looked at then: it is not put in line twice. */
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
 * Runs a piece of work whose signal fires when it takes too long, and when this process cannot wait for it any more.
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
 * Counted in the rows themselves: what pg-boss keeps of a queue is up to a minute old. A wake-up that is due later does
 * not wait; one that waits for a place here does.
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

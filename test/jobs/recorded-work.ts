import type { Log } from '../../src/core/log.ts';
import { openQueue, type Queue } from '../../src/jobs/queue.ts';
import { queueNames, type QueueName, type Wake, type Worker } from '../../src/jobs/wake.ts';
import type { Database } from '../../src/store/database.ts';
import { eventually } from '../support/eventually.ts';

/** So long that polling can't have found anything in these tests. */
export const pollSeconds = 600;

/** A queue with what it did: which wake-ups reached a worker, in order, and what was logged. */
export type RecordedQueue = {
  readonly queue: Queue;
  readonly done: string[];
  readonly logged: { readonly text: string; readonly fields: Parameters<Log['info']>[0] }[];
  /** Sends wake-ups in a transaction that commits, as the product does. */
  send(wakes: readonly Wake[]): Promise<void>;
  /** Waits until a wake-up reached its worker. */
  arrived(id: string): Promise<unknown>;
};

/** Opens a queue and starts working; `worker` does the work of a wake-up after it was recorded. */
export async function workingQueue(
  database: Database,
  worker: (id: string, signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
  everySeconds = pollSeconds,
): Promise<RecordedQueue> {
  const done: string[] = [];
  const logged: RecordedQueue['logged'] = [];
  const queue = await openQueue({ database, pollSeconds: everySeconds, log: recordingLog(logged) });
  const note: Worker = (id, signal) => {
    done.push(id);
    return worker(id, signal);
  };
  await queue.work(Object.fromEntries(queueNames.map((name) => [name, note])) as Record<QueueName, Worker>);
  return {
    queue,
    done,
    logged,
    send: async (wakes) => {
      const afterCommit = await database.db.transaction().execute((trx) => queue.send(trx, wakes));
      afterCommit();
    },
    arrived: (id) => eventually(`the wake-up ${id}`, () => done.includes(id)),
  };
}

function recordingLog(into: RecordedQueue['logged']): Log {
  const write = (fields: Parameters<Log['info']>[0], text: string) => void into.push({ fields, text });
  return { debug: write, info: write, warn: write, error: write };
}

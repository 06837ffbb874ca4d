import { afterEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { setTimeout } from 'node:timers/promises';
import { silent } from '../../src/core/log.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { concurrency, queueNames, type Wake } from '../../src/jobs/wake.ts';
import { takeInbound, answerOf } from '../../src/store/inbound.ts';
import { describeOnBoth, type TestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { pollSeconds, workingQueue, type RecordedQueue } from './recorded-work.ts';

/** A promise that the test settles when it wants to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  return { open, opened };
}

/** Whether the queue has ever stored a wake-up of this row. */
async function isStored({ database }: TestDatabase, id: string): Promise<boolean> {
  const jobs = sql.id(database.queue.schema, 'job');
  return (await sql`select from ${jobs} where data ->> 'id' = ${id}`.execute(database.db)).rows.length > 0;
}

describeOnBoth('queue', (testDatabase) => {
  const running: RecordedQueue[] = [];
  const start = async (...options: Parameters<typeof workingQueue> extends [unknown, ...infer rest] ? rest : never) => {
    const queue = await workingQueue(testDatabase().database, ...options);
    running.push(queue);
    return queue;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ queue }) => queue.stop(2000)));
  });

  describe('a wake-up', () => {
    test('arrives right after the commit, not by polling, in every queue', async () => {
      const work = await start();
      await work.send(queueNames.map((to) => ({ to, id: `row-of-${to}` })));
      for (const to of queueNames) await work.arrived(`row-of-${to}`);
      expect([...work.done].sort()).toEqual(queueNames.map((to) => `row-of-${to}`).sort());
    });

    test('of another process arrives at once too: the database notifies, no timer of this process', async () => {
      const work = await start();
      const elsewhere = await testDatabase().second();
      const sender = await openQueue({ database: elsewhere, pollSeconds, log: silent });
      await elsewhere.db.transaction().execute((trx) => sender.send(trx, [{ to: 'advance', id: 'from afar' }]));
      await work.arrived('from afar');
      await sender.stop(1000);
      await elsewhere.close();
    });

    test('in a transaction that rolls back never arrives, and neither do its other writes', async () => {
      const work = await start();
      const { db } = testDatabase().database;
      const crash = db.transaction().execute(async (trx) => {
        await takeInbound(trx, 'event');
        await work.queue.send(trx, [{ to: 'advance', id: 'ghost' }]);
        throw new Error('crash before the commit');
      });
      await expect(crash).rejects.toThrow('crash');
      await work.send([{ to: 'advance', id: 'real' }]);
      await work.arrived('real');
      expect(work.done).toEqual(['real']);
      expect(await answerOf(db, 'event')).toBeUndefined();
    });

    test('is not worked on before its commit', async () => {
      const work = await start();
      const afterCommit = await testDatabase()
        .database.db.transaction()
        .execute(async (trx) => {
          const sent = await work.queue.send(trx, [{ to: 'lookup', id: 'row' }]);
          expect(work.done).toEqual([]);
          return sent;
        });
      expect(work.done).toEqual([]);
      afterCommit();
      await work.arrived('row');
    });

    test('that is due later arrives then: not before, and not at the next poll', async () => {
      const work = await start();
      const began = performance.now();
      await work.send([{ to: 'advance', id: 'later', inMs: 700 }]);
      await work.send([{ to: 'advance', id: 'now' }]);
      await work.arrived('later');
      expect(work.done).toEqual(['now', 'later']);
      expect(performance.now() - began).toBeGreaterThanOrEqual(690);
    });

    test('that is due later isn’t stored, unless no slot is free then', async () => {
      const { open, opened } = gate();
      const work = await start((id) => (id.startsWith('long') ? opened : Promise.resolve()));
      const longs = Array.from({ length: concurrency.advance }, (_, i) => `long ${i}`);
      await work.send(longs.map((id) => ({ to: 'advance', id })));
      for (const id of longs) await work.arrived(id);
      await work.send([
        { to: 'lookup', id: 'free', inMs: 100 },
        { to: 'advance', id: 'full', inMs: 100 },
      ]);
      await work.arrived('free');
      await eventually('the other one to be stored', () => isStored(testDatabase(), 'full'));
      expect(await isStored(testDatabase(), 'free')).toBe(false);
      expect(work.done).toEqual([...longs, 'free']);
      open();
      await work.arrived('full');
    });
  });

  describe('the work', () => {
    test('that throws is logged without secrets, and the queue continues', async () => {
      const work = await start(async (id) => {
        if (id.startsWith('bad')) throw new Error('calling with Bearer abc.def-ghi went wrong');
      });
      await work.send([
        { to: 'deliver', id: 'bad-1' },
        { to: 'deliver', id: 'bad-2' },
      ]);
      await work.send([{ to: 'deliver', id: 'good' }]);
      await work.arrived('good');
      const told = () => work.logged.filter((line) => line.text.includes('a piece of work failed'));
      await eventually('both failures to be logged', () => told().length === 2);
      expect(
        told()
          .map((line) => line.fields['id'])
          .sort(),
      ).toEqual(['bad-1', 'bad-2']);
      expect(told()[0]!.fields).toMatchObject({ work: 'deliver', error: 'Error' });
      expect(JSON.stringify(work.logged)).not.toContain('abc.def');
    });

    test('continues beside slow work, up to the limit of its kind', async () => {
      const { open, opened } = gate();
      let most = 0;
      let now = 0;
      const work = await start(async () => {
        now += 1;
        most = Math.max(most, now);
        await opened;
        now -= 1;
      });
      const ids = Array.from({ length: concurrency.deliver + 2 }, (_, i) => `row-${i}`);
      for (const id of ids) await work.send([{ to: 'deliver', id }]);
      await eventually('as many as are allowed', () => now === concurrency.deliver);
      await work.send([{ to: 'lookup', id: 'of another kind' }]);
      await work.arrived('of another kind');
      open();
      for (const id of ids) await work.arrived(id);
      expect(most).toBe(concurrency.deliver + 1); // plus the one of another kind
    });

    test('that waits is counted for every kind, as of now; what is due later doesn’t count', async () => {
      const none = Object.fromEntries(queueNames.map((name) => [name, 0]));
      const idle = await openQueue({ database: testDatabase().database, pollSeconds, log: silent });
      expect(await idle.depth()).toEqual(none);
      const wakes = [1, 2, 3].map((id): Wake => ({ to: 'advance', id: `row-${id}` }));
      await testDatabase()
        .database.db.transaction()
        .execute((trx) => idle.send(trx, [...wakes, { to: 'lookup', id: 'later', inMs: 60_000 }]));
      expect(await idle.depth()).toEqual({ ...none, advance: 3 });
      await idle.stop(1000);
      const work = await start();
      for (const { id } of wakes) await work.arrived(id);
      await eventually('the queue to be empty', async () => (await work.queue.depth())['advance'] === 0);
    });
  });

  describe('stop', () => {
    test('waits for running work; what comes later is for the next process', async () => {
      const { open, opened } = gate();
      let ended = 0;
      const work = await start(async () => {
        await opened;
        ended += 1;
      });
      await work.send([{ to: 'inventory', id: 'running' }]);
      await work.arrived('running');
      const stopped = work.queue.stop(10_000).then(() => [ended, work.done.length]);
      open();
      expect(await stopped).toEqual([1, 1]);
      const heir = await start();
      await heir.send([{ to: 'inventory', id: 'later' }]);
      await heir.arrived('later');
      expect(work.done).toEqual(['running']);
    });

    test('nothing that was due later starts, nor is it stored', async () => {
      const work = await start();
      await work.send([{ to: 'advance', id: 'before', inMs: 100 }]);
      await work.queue.stop(1000);
      await work.send([{ to: 'advance', id: 'after', inMs: 100 }]);
      await setTimeout(250);
      const stored = [await isStored(testDatabase(), 'before'), await isStored(testDatabase(), 'after')];
      expect([work.done, stored, work.logged]).toEqual([[], [false, false], []]);
    });

    test('doesn’t wait indefinitely: after the grace period it ends, and running work is aborted by its signal', async () => {
      const { open, opened } = gate();
      let told = false;
      const work = await start(async (_id, signal) => {
        signal.addEventListener('abort', () => (told = true));
        await opened;
      });
      await work.send([{ to: 'inventory', id: 'stuck' }]);
      await work.arrived('stuck');
      await work.queue.stop(1000);
      expect(told).toBe(true);
      open();
    });
  });

  test('two replicas share the wake-ups: each is done once', async () => {
    const other = await testDatabase().second();
    const [a, b] = [await start(), await workingQueue(other)];
    const ids = Array.from({ length: 40 }, (_, i) => `row-${i}`);
    await Promise.all(ids.map((id, i) => (i % 2 ? a : b).send([{ to: 'advance', id }])));
    await eventually('all of them to be done', () => a.done.length + b.done.length >= ids.length);
    expect([...a.done, ...b.done].sort()).toEqual([...ids].sort());
    await b.queue.stop(2000);
    await other.close();
  });
});

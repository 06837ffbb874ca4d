import { expect, test } from '@jest/globals';
import { silent } from '../../src/core/log.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { concurrency, queueNames, type QueueName, type Wake, type Worker } from '../../src/jobs/wake.ts';
import { databaseKinds, openTestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

test.each(databaseKinds)('more wake-ups than workers are processed without polling, on %s', async (kind) => {
  const testDatabase = await openTestDatabase(kind);
  const queue = await openQueue({ database: testDatabase.database, pollSeconds: 60, log: silent });
  try {
    const done = new Set<string>();
    let [running, most] = [0, 0];
    const look: Worker = async (id) => {
      most = Math.max(most, ++running);
      await new Promise((later) => setTimeout(later, 5));
      running--;
      done.add(id);
    };
    await queue.work(Object.fromEntries(queueNames.map((name) => [name, look])) as Record<QueueName, Worker>);
    const now = Array.from({ length: 25 }, (_, n): Wake => ({ to: 'lookup', id: `now-${n}` }));
    const soon = Array.from({ length: 25 }, (_, n): Wake => ({ to: 'lookup', id: `soon-${n}`, inMs: 200 }));
    const afterCommit = await testDatabase.database.db
      .transaction()
      .execute((trx) => queue.send(trx, [...now, ...soon]));
    afterCommit();
    await eventually('all fifty', () => done.size === 50);
    expect(most).toBeLessThanOrEqual(concurrency.lookup);
    expect(most).toBeGreaterThan(1);
  } finally {
    await queue.stop(1000);
    await testDatabase.end();
  }
});

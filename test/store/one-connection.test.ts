import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { answerOf } from '../../src/store/inbound.ts';
import { takeKey } from './sample-rows.ts';
import { OneConnectionDialect } from '../../src/store/one-connection.ts';
import type { Tables } from '../../src/store/schema.ts';
import { migratedDump } from '../support/pglite-dump.ts';

const waitMs = 300;
let db: Kysely<Tables>;

beforeAll(async () => {
  const pglite = await PGlite.create({ loadDataDir: await migratedDump() });
  db = new Kysely<Tables>({ dialect: new OneConnectionDialect(pglite, waitMs) });
  await takeKey(db, 'first'); // opens it, so that no wait below includes the opening
});
afterAll(() => db.destroy());

const tooLong = { code: 'store-waited-too-long', message: expect.stringContaining('inside a transaction') };

test('a call on the database inside a transaction throws after its wait; the transaction and later calls continue', async () => {
  await db.transaction().execute(async (trx) => {
    await takeKey(trx, 'within');
    const began = performance.now();
    await expect(answerOf(db, 'within')).rejects.toMatchObject(tooLong);
    expect(performance.now() - began).toBeGreaterThanOrEqual(waitMs - 20);
    await takeKey(trx, 'after');
  });
  expect(await answerOf(db, 'within')).toBeNull();
  expect(await answerOf(db, 'after')).toBeNull();
  await db.transaction().execute((trx) => takeKey(trx, 'another'));
  expect(await answerOf(db, 'another')).toBeNull();
});

test('several that wait too long all fail, and none of them gets the connection later', async () => {
  await db.transaction().execute(async () => {
    const waiting = Array.from({ length: 5 }, (_, i) => takeKey(db, `lost-${i}`));
    for (const one of waiting) void one.catch(() => {});
    for (const one of waiting) await expect(one).rejects.toMatchObject(tooLong);
  });
  const taken = await Promise.all(Array.from({ length: 5 }, (_, i) => takeKey(db, `lost-${i}`)));
  expect(taken).toEqual([true, true, true, true, true]);
});

test('a failed transaction passes the connection to the next', async () => {
  const crash = db.transaction().execute(async (trx) => {
    await takeKey(trx, 'undone');
    await trx
      .selectFrom('no_such_table' as 'inbound')
      .selectAll()
      .execute();
  });
  const next = takeKey(db, 'next');
  await expect(crash).rejects.toThrow('no_such_table');
  expect(await next).toBe(true);
  expect(await answerOf(db, 'undone')).toBeUndefined();
});

test('callers are served in order, one at a time', async () => {
  const order: number[] = [];
  const transactions = Array.from({ length: 8 }, (_, i) =>
    db.transaction().execute(async (trx) => {
      order.push(i);
      await takeKey(trx, `k-${i}`);
      await answerOf(trx, `k-${i}`);
      order.push(i);
    }),
  );
  await Promise.all(transactions);
  expect(order).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]);
});

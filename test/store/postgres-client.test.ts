import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Database, Queries } from '../../src/store/database.ts';
import { executeLater } from '../../src/store/later.ts';
import { preparedName } from '../../src/store/postgres-client.ts';
import { openTestDatabase } from '../support/databases.ts';

describe('a statement', () => {
  test('has the same name each time, and another has another', () => {
    const one = 'select "id" from "dialog" where "id" = $1';
    expect(preparedName(one, 1)).toMatch(/^[\w-]{32}$/);
    expect(preparedName(one, 1)).toBe(preparedName(one, 1));
    expect(preparedName('select "id" from "message" where "id" = $1', 1)).not.toBe(preparedName(one, 1));
  });

  test.each([
    ['whose text depends on how many rows it writes', 'insert into "job" values ($1)', 25],
    ['that gives whatever columns there are', 'select * from "dialog" where "id" = $1', 1],
    ['that returns whatever columns there are', 'update "dialog" set "look" = $1 returning *', 1],
    ['that changes tables', 'alter table "dialog" add column more text', 0],
    ['that begins a transaction', 'begin', 0],
  ])('%s is not prepared', (_, text, parameters) => expect(preparedName(text, parameters)).toBeNull());
});

test('what was prepared before a migration goes on after it', async () => {
  const ground = await openTestDatabase('postgres');
  try {
    const { db } = ground.database;
    const look = () => db.selectFrom('pulse').select(['process', 'at']).where('process', '=', 'p').execute();
    await db.insertInto('pulse').values({ process: 'p' }).execute();
    for (let n = 0; n < 8; n++) expect(await look()).toHaveLength(1);
    const prepared = await sql<{ count: string }>`select count(*) as count from pg_prepared_statements`.execute(db);
    expect(Number(prepared.rows[0]?.count)).toBeGreaterThan(0);
    await sql`alter table pulse add column more text`.execute(db);
    for (let n = 0; n < 8; n++) expect(await look()).toHaveLength(1);
  } finally {
    await ground.end();
  }
});

describe('in a transaction, what is executed later', () => {
  const ground = () => openTestDatabase('postgres');
  const pulses = ({ db }: Database) => db.selectFrom('pulse').select('process').orderBy('process').execute();
  const beat = (q: Queries, process: string) => executeLater(q, q.insertInto('pulse').values({ process }));
  const names = async (database: Database) => (await pulses(database)).map(({ process }) => process);

  test('is seen by what comes after it, and by others once it has committed', async () => {
    const { database, end } = await ground();
    const { db } = database;
    await db.transaction().execute(async (trx) => {
      await beat(trx, 'a');
      await beat(trx, 'b');
      expect(await trx.selectFrom('pulse').select('process').execute()).toHaveLength(2);
      await beat(trx, 'c');
      expect(await names(database)).toEqual([]);
    });
    expect(await names(database)).toEqual(['a', 'b', 'c']);
    await end();
  });

  test('is in no trip of its own, and neither is the beginning', async () => {
    const { database, end } = await ground();
    const trips: number[] = [];
    const { cork } = Socket.prototype;
    Socket.prototype.cork = function () {
      trips.push(1);
      return cork.call(this);
    };
    try {
      await database.db.transaction().execute(async (trx) => {
        await beat(trx, 'a');
        await beat(trx, 'b');
        expect(trips).toEqual([]);
      });
    } finally {
      Socket.prototype.cork = cork;
    }
    expect(await names(database)).toEqual(['a', 'b']);
    await end();
  });

  test('that fails lets nothing of the transaction be, and whoever waits next is told why', async () => {
    const { database, end } = await ground();
    const { db } = database;
    await beat(db, 'a');
    const atCommit = db.transaction().execute(async (trx) => {
      await beat(trx, 'b');
      await beat(trx, 'a');
      await beat(trx, 'c');
    });
    await expect(atCommit).rejects.toMatchObject({ code: '23505', constraint: 'pulse_pkey' });
    const before = db.transaction().execute(async (trx) => {
      await beat(trx, 'a');
      await trx.selectFrom('pulse').select('process').execute();
    });
    await expect(before).rejects.toMatchObject({ code: '23505' });
    expect(await names(database)).toEqual(['a']);
    for (const name of ['d', 'e', 'f', 'g', 'h']) await db.transaction().execute((trx) => beat(trx, name));
    expect(await names(database)).toEqual(['a', 'd', 'e', 'f', 'g', 'h']);
    await end();
  });

  test('is not sent where the transaction is given up', async () => {
    const { database, end } = await ground();
    const { db } = database;
    const early = db.transaction().execute(async (trx) => {
      await beat(trx, 'a');
      throw new Error('given up');
    });
    await expect(early).rejects.toThrow('given up');
    const late = db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      await beat(trx, 'b');
      throw new Error('given up');
    });
    await expect(late).rejects.toThrow('given up');
    await beat(db, 'outside of any it takes place at once');
    expect(await names(database)).toEqual(['outside of any it takes place at once']);
    await end();
  });
});

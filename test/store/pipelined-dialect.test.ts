import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { silent } from '../../src/core/log.ts';
import type { Database, Queries } from '../../src/store/database.ts';
import { pipeline } from '../../src/store/pipeline.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openTestDatabase } from '../support/databases.ts';
import { Line } from '../support/line.ts';

describe('in a transaction, what is pipelined', () => {
  const testDatabase = () => openTestDatabase('postgres');
  const pulses = ({ db }: Database) => db.selectFrom('pulse').select('process').orderBy('process').execute();
  const beat = (q: Queries, process: string) => pipeline(q, q.insertInto('pulse').values({ process }));
  const names = async (database: Database) => (await pulses(database)).map(({ process }) => process);

  test('is visible to what follows it, and to others once it has committed', async () => {
    const { database, end } = await testDatabase();
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

  test('is rolled back by the server if its process is suspended, before the process’s claims expire', async () => {
    const { database, end } = await testDatabase();
    const read = sql<{ value: string }>`select current_setting('idle_in_transaction_session_timeout') as value`;
    expect((await read.execute(database.db)).rows).toEqual([{ value: '20s' }]);
    await end();
  });

  test('needs no round trip of its own, and neither does the begin', async () => {
    const { connectionString, schema, end } = await testDatabase();
    const server = new URL(connectionString!);
    const line = await Line.open(Number(server.port));
    server.port = String(line.port);
    const far = await openPostgres({ connectionString: server.href, schema, connections: 1, log: silent });
    const tripsOf = async (work: (trx: Queries) => Promise<unknown>) => {
      const before = line.trips;
      await far.db.transaction().execute(work);
      return line.trips - before;
    };
    const beats = async (trx: Queries, names: string) => {
      for (const name of names) await beat(trx, name);
    };
    expect(await tripsOf((trx) => beats(trx, 'ab'))).toBe(1);
    const looking = async (trx: Queries) => {
      await beats(trx, 'cd');
      await trx.selectFrom('pulse').select('process').execute();
      await beats(trx, 'ef');
    };
    expect(await tripsOf(looking)).toBe(2);
    expect(await tripsOf(() => Promise.resolve())).toBe(0);
    await expect(tripsOf(() => Promise.reject(new Error('before any statement')))).rejects.toThrow('before any');
    expect(await names(far)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    await far.close();
    await line.close();
    await end();
  });

  test('that fails rolls everything back, and the next to wait learns why', async () => {
    const { database, end } = await testDatabase();
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

  test('leaves nothing if the transaction is rolled back, even if it failed', async () => {
    const { database, end } = await testDatabase();
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
    const failed = db.transaction().execute(async (trx) => {
      await beat(trx, 'c');
      await beat(trx, 'c');
      throw new Error('given up');
    });
    await expect(failed).rejects.toThrow('given up');
    await beat(db, 'outside of any it takes place at once');
    expect(await names(database)).toEqual(['outside of any it takes place at once']);
    await end();
  });

  test('a transaction that continues after a fault doesn’t count as committed', async () => {
    const { database, end } = await testDatabase();
    const { db } = database;
    const goingOn = db.transaction().execute(async (trx) => {
      await trx.insertInto('pulse').values({ process: 'a' }).execute();
      await sql`select 1 / 0`.execute(trx).catch(() => {});
    });
    await expect(goingOn).rejects.toThrow('rolled back');
    expect(await names(database)).toEqual([]);
    await end();
  });

  test('a connection lost in a transaction is not reused', async () => {
    const { database, end } = await testDatabase();
    const { db } = database;
    const lost = db.transaction().execute(async (trx) => {
      await beat(trx, 'a');
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
    });
    await expect(lost).rejects.toThrow();
    for (const name of ['b', 'c', 'd', 'e', 'f']) await db.transaction().execute((trx) => beat(trx, name));
    expect(await names(database)).toEqual(['b', 'c', 'd', 'e', 'f']);
    await end();
  });
});

import { expect, test } from '@jest/globals';
import { auditAfter, insertAudit, lockAudit, newestAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { beat } from '../../src/store/pulse.ts';
import { describeOnBoth } from '../support/databases.ts';

describeOnBoth('audit', (testDatabase) => {
  const db = () => testDatabase().database.db;

  /** Appends an entry to the log, as every writer does. */
  const append = ({ db: writer }: Database, entry: unknown) =>
    writer.transaction().execute(async (trx) => {
      await lockAudit(trx);
      const newest = await newestAudit(trx);
      const seq = (newest?.seq ?? 0) + 1;
      await insertAudit(trx, { seq, at: `t${seq}`, entry, previous: newest?.hash ?? '', hash: `h${seq}` });
    });

  test('lines are read back in order, a page at a time', async () => {
    expect(await newestAudit(db())).toBeNull();
    for (const entry of ['a', { b: 1 }, null]) await append(testDatabase().database, entry);
    const lines = await auditAfter(db(), 0, 2);
    expect(lines).toEqual([
      { seq: 1, at: 't1', entry: 'a', previous: '', hash: 'h1' },
      { seq: 2, at: 't2', entry: { b: 1 }, previous: 'h1', hash: 'h2' },
    ]);
    expect(await auditAfter(db(), 2, 2)).toMatchObject([{ seq: 3, entry: null }]);
    expect(await newestAudit(db())).toMatchObject({ seq: 3 });
  });

  test('concurrent writers, also on two replicas, make one chain without a fork or a gap', async () => {
    const other = await testDatabase().second();
    await Promise.all(Array.from({ length: 30 }, (_, i) => append(i % 2 ? other : testDatabase().database, i)));
    const lines = await auditAfter(db(), 0, 100);
    expect(lines.map((line) => line.seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    lines.slice(1).forEach((line, i) => expect(line.previous).toBe(lines[i]!.hash));
    expect(lines.map((line) => line.entry as number).sort((a, b) => a - b)).toEqual([...Array(30).keys()]);
    await other.close();
  });

  test('a writer that rolls back lets the next one continue at the same position', async () => {
    await append(testDatabase().database, 'first');
    const crash = db()
      .transaction()
      .execute(async (trx) => {
        await lockAudit(trx);
        await insertAudit(trx, { seq: 2, at: '', entry: 'lost', previous: 'h1', hash: 'x' });
        throw new Error('crash');
      });
    await expect(crash).rejects.toThrow('crash');
    await append(testDatabase().database, 'second');
    expect(await newestAudit(db())).toMatchObject({ seq: 2, entry: 'second', previous: 'h1' });
  });
});

describeOnBoth('pulse', (testDatabase) => {
  test('a heartbeat has the database’s time, which advances; each process has one row', async () => {
    const { db } = testDatabase().database;
    const first = await beat(db, 'p1');
    const second = await beat(db, 'p1');
    await beat(db, 'p2');
    expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
    expect(await db.selectFrom('pulse').select('process').orderBy('process').execute()).toEqual([
      { process: 'p1' },
      { process: 'p2' },
    ]);
  });
});

import { expect, test } from '@jest/globals';
import { keepJobs } from '../../src/store/vault-polls.ts';
import { describeOnBoth } from '../support/databases.ts';

type ListedJob = Parameters<typeof keepJobs>[2][number];

const job = (id: string, status: string): ListedJob => ({
  id: `/jobs/${id}`,
  vmName: 'vm-sql-01',
  containerName: 'c',
  operation: 'Backup',
  status,
  startTime: new Date('2026-11-25T00:00:00Z'),
});

describeOnBoth('the jobs of a vault', (testDatabase) => {
  test('are told when they are new and when they have changed, and written then only', async () => {
    const { db } = testDatabase().database;
    const keep = (...jobs: ListedJob[]) => keepJobs(db, '/vault', jobs).then((changed) => [...changed].sort());
    const seen = async () =>
      (await db.selectFrom('job').select(['id', 'status', 'seen_at']).orderBy('id').execute()).map((row) => ({
        ...row,
        seen_at: row.seen_at.getTime(),
      }));
    expect(await keep(job('A', 'InProgress'), job('b', 'Completed'))).toEqual(['/jobs/a', '/jobs/b']);
    const first = await seen();
    expect(await keep(job('A', 'InProgress'), job('b', 'Completed'))).toEqual([]);
    expect(await seen()).toEqual(first);
    expect(await keep(job('A', 'Completed'), job('b', 'Completed'), job('c', 'Failed'))).toEqual([
      '/jobs/a',
      '/jobs/c',
    ]);
    expect((await seen()).map(({ status }) => status)).toEqual(['Completed', 'Completed', 'Failed']);
    expect(await keep()).toEqual([]);
    // It moved on to the next page while the pages were read.
    expect(await keep(job('d', 'InProgress'), job('e', 'InProgress'), job('D', 'Completed'))).toEqual([
      '/jobs/d',
      '/jobs/e',
    ]);
    expect((await seen()).map(({ status }) => status).slice(-2)).toEqual(['Completed', 'InProgress']);
  });
});

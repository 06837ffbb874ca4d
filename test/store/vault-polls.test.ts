import { expect, test } from '@jest/globals';
import { claimPoll, endPoll, hastenPolls, keepJobs, pollVaults, vaultsToPoll } from '../../src/store/vault-polls.ts';
import { describeOnBoth } from '../support/databases.ts';
import { pass } from './sample-rows.ts';

const minute = 60_000;
type ListedJob = Parameters<typeof keepJobs>[2][number];

const job = (id: string, status: string): ListedJob => ({
  id: `/jobs/${id}`,
  vmName: 'vm-sql-01',
  containerName: 'c',
  operation: 'Backup',
  status,
  startTime: new Date('2026-11-25T00:00:00Z'),
});

describeOnBoth('a poll that is hastened', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const polled = async (vaultId: string) => {
    await pollVaults(db(), [vaultId]);
    return (await claimPoll(db(), vaultId, minute))!;
  };
  const inMs = async (vaultId: string) => (await hastenPolls(db(), [vaultId.toLowerCase()], minute))[0]!.inMs;

  test('is due at once; just after one, a while after that and no later, however often it is asked for', async () => {
    const claim = await polled('/Old');
    expect(await endPoll(db(), { vaultId: '/Old', ...claim }, 2 * minute)).toBeGreaterThan(minute);
    const soon = await inMs('/Old');
    expect(soon).toBeGreaterThan(0);
    expect(soon).toBeLessThanOrEqual(minute);
    expect(await inMs('/Old')).toBeLessThanOrEqual(soon);
    expect(await vaultsToPoll(db(), 10)).toEqual([]);
    await pass(db(), minute, { table: 'vault_poll', key: 'vault_id', id: '/Old', column: 'polled_at' });
    expect(await inMs('/Old')).toBe(0);
    expect(await vaultsToPoll(db(), 10)).toEqual(['/Old']);
  });

  test('while one runs: that may have missed the news, so another follows at once, and only then', async () => {
    const claim = await polled('/Running');
    expect(await inMs('/Running')).toBe(0);
    expect(await claimPoll(db(), '/Running', minute)).toBeNull();
    expect(await endPoll(db(), { vaultId: '/Running', ...claim }, 2 * minute)).toBe(0);
    const next = (await claimPoll(db(), '/Running', minute))!;
    expect(await endPoll(db(), { vaultId: '/Running', ...next }, 2 * minute)).toBeGreaterThan(minute);
  });

  test('a vault that nobody polls is not known', async () => {
    expect(await hastenPolls(db(), ['/unknown'], minute)).toEqual([]);
  });
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

import { expect, test } from '@jest/globals';
import type { Deps } from '../../src/bot/deps.ts';
import { defaultLeases } from '../../src/bot/leases.ts';
import { watchWorker } from '../../src/bot/work/watch.ts';
import { claimPoll, endPoll, expeditePolls, keepJobs, pollVaults } from '../../src/store/vault-polls.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
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

describeOnBoth('a poll that is expedited', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const polled = async (vaultId: string) => {
    await pollVaults(db(), [vaultId]);
    return (await claimPoll(db(), vaultId, minute))!;
  };
  const inMs = async (vaultId: string) => (await expeditePolls(db(), [vaultId.toLowerCase()], minute))[0]!.inMs;

  test('is due at once; right after a poll, a while after that and no later, however often it is requested', async () => {
    const claim = await polled('/Old');
    expect(await endPoll(db(), { vaultId: '/Old', ...claim }, 2 * minute)).toBeGreaterThan(minute);
    const soon = await inMs('/Old');
    expect(soon).toBeGreaterThan(0);
    expect(soon).toBeLessThanOrEqual(minute);
    expect(await inMs('/Old')).toBeLessThanOrEqual(soon);
    expect((await whatIsDue(db(), 10)).vaultsToPoll).toEqual([]);
    await pass(db(), minute, { table: 'vault_poll', key: 'vault_id', id: '/Old', column: 'polled_at' });
    expect(await inMs('/Old')).toBe(0);
    expect((await whatIsDue(db(), 10)).vaultsToPoll).toEqual(['/Old']);
  });

  test('while one is running: it may have missed the news, so another follows at once, but only then', async () => {
    await pollVaults(db(), ['/Running']);
    // In one transaction, which has one time: as where both come within what the database's clock resolves.
    const claim = await db()
      .transaction()
      .execute(async (trx) => {
        const claimed = (await claimPoll(trx, '/Running', minute))!;
        expect(await expeditePolls(trx, ['/running'], minute)).toEqual([{ vaultId: '/Running', inMs: 0 }]);
        return claimed;
      });
    expect(await claimPoll(db(), '/Running', minute)).toBeNull();
    expect(await endPoll(db(), { vaultId: '/Running', ...claim }, 2 * minute)).toBe(0);
    const next = (await claimPoll(db(), '/Running', minute))!;
    expect(await endPoll(db(), { vaultId: '/Running', ...next }, 2 * minute)).toBeGreaterThan(minute);
  });

  test('a vault that nobody polls is unknown', async () => {
    expect(await expeditePolls(db(), ['/unknown'], minute)).toEqual([]);
  });
});

describeOnBoth('the jobs of a vault', (testDatabase) => {
  test('are reported when they are new or have changed, and written only then', async () => {
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
    // The poll moved on to the next page while the pages were read.
    expect(await keep(job('d', 'InProgress'), job('e', 'InProgress'), job('D', 'Completed'))).toEqual([
      '/jobs/d',
      '/jobs/e',
    ]);
    expect((await seen()).map(({ status }) => status).slice(-2)).toEqual(['Completed', 'InProgress']);
  });
});

describeOnBoth('a poll', (testDatabase) => {
  const day = 86_400_000;
  const now = new Date('2026-11-25T12:00:00Z');
  const vault = () => testDatabase().database.db.selectFrom('vault_poll').selectAll().executeTakeFirstOrThrow();
  type Window = { readonly from: Date };
  /** Polls the vault once, with these jobs in it. */
  const poll = async (jobs: (vaultId: string, window: Window) => Promise<[]>) => {
    const { database } = testDatabase();
    const parts = {
      database,
      queue: { send: () => Promise.resolve(() => {}) },
      azure: { reads: { jobs }, clockSkew: () => null },
      clock: { now: () => now },
      leases: { ...defaultLeases, poll: 400 },
      waits: { vaultBusy: minute, vaultIdle: minute },
      metrics: { polled: () => {} },
    };
    await watchWorker(parts as unknown as Deps)('/vault', new AbortController().signal);
  };

  test('whose list takes longer than the lease keeps its claim, and counts', async () => {
    await pollVaults(testDatabase().database.db, ['/vault']);
    await poll(async () => {
      const held = (await vault()).held_until!;
      await eventually('a longer lease', async () => (await vault()).held_until! > held);
      return [];
    });
    expect(await vault()).toMatchObject({ fence: 1, held_until: null, polled_at: expect.any(Date) });
  });

  test.each([
    { before: 'never', polled: null, days: 30 },
    { before: 'just now', polled: 0, days: 2 },
    { before: 'three days ago', polled: 3, days: 5 },
    { before: 'a year ago', polled: 365, days: 30 },
  ])('after one $before reads the jobs of $days days', async ({ polled, days }) => {
    const { db } = testDatabase().database;
    await pollVaults(db, ['/vault']);
    const polled_at = polled === null ? null : new Date(now.getTime() - polled * day);
    await db.updateTable('vault_poll').set({ polled_at }).execute();
    const read: Date[] = [];
    await poll((_, { from }) => {
      read.push(from);
      return Promise.resolve([]);
    });
    expect(read).toEqual([new Date(now.getTime() - days * day)]);
  });
});

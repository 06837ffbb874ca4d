import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import { causeOfJob } from '../../src/alerts/cause.ts';
import type { JobFacts } from '../../src/azure/gateway.ts';
import { alertWorker } from '../../src/bot/alerts/take-in.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { keepJobs } from '../../src/store/vault-polls.ts';
import { rowOf } from '../../src/views/jobs/job-row.ts';
import { presses, untilCard } from '../support/channel-cards.ts';
import { fail } from '../support/failing.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('lists of a large estate', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    await addMachines(bot.azure, 120);
    const { policies, jobs } = await bot.azure.state('policies', 'jobs');
    const gold = policies.find(({ name }) => name === 'gold')!;
    const more = Array.from({ length: 40 }, (_, n) => ({ ...gold, name: `team-${n + 10}` }));
    const done = jobs.find(({ status }) => status === 'Completed')!;
    const end = new Date().toISOString();
    const ids = Array.from({ length: 60 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const ran = ids.map((id, n) => ({ ...done, id, start: end, end, vmName: `vm-ran-${n + 10}` }));
    await bot.azure.change({ policies: [...policies, ...more], jobs: [...jobs, ...ran] });
    await refreshInventory(bot.deps); // which is otherwise read every five minutes
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('unprotected VMs: all are judged by lists, by pages, by words on the card and in the command', async () => {
    const chat = await bot.asks('ana', 'backup unprotected');
    const first = await chat.untilTitle(/^⚠️ 1\d\d VMs have no backup/u);
    expect(first.shown).toContain('Open one for a full check');
    expect(first.shown).not.toContain('more are not shown');
    expect(first.shown).toMatch(/Ready to back up \(12\d\)/);
    expect(first.titles).toContain('Review the first 50');
    expect(first.titles).toContain('Next page');
    await chat.clicks('Next page');
    const second = await chat.until('the second page', async () => {
      const card = await chat.card();
      return card.titles.includes('Previous page') ? card : null;
    });
    expect(second.shown).not.toBe(first.shown);
    await chat.clicks('Filter', { filter: 'RG-HR vm-bek' });
    const few = await chat.until('the few', async () => {
      const card = await chat.card();
      return card.shown.includes('vm-sql-01') ? null : card;
    });
    expect(few.shown).toMatch(/vm-bek-01\nrg-hr/);
    expect(few.titles).not.toContain('Previous page');
    const far = await bot.asks('ana', 'backup unprotected vm-more-119');
    expect((await far.untilTitle('1 of 137 VMs without backup matches "vm-more-119"')).shown).toContain('vm-more-119');
  });

  test('policies and jobs: long lists are filtered by words as well', async () => {
    const policies = await bot.asks('ana', 'backup policies rsv-prod-weu');
    await policies.untilTitle('44 policies for VMs');
    await policies.clicks('Filter', { filter: 'team-49' });
    expect((await policies.untilTitle('1 of 44 policies for VMs matches "team-49"')).shown).toContain('team-49');
    const jobs = await bot.asks('ana', 'backup jobs vm-ran-1');
    const card = await jobs.untilTitle(/^ℹ️ 10 of \d+ jobs of the last 24 hours match "vm-ran-1"/u);
    expect(card.shown).toContain('vm-ran-19');
    expect(card.shown).not.toContain('vm-ran-20');
  });

  test('sixty VMs with one cause: a fix takes as many as a command does, and says how many are left', async () => {
    const { vms, disks, items, jobs } = await bot.azure.state('vms', 'disks', 'items', 'jobs');
    const names = await addMachines(bot.azure, 60, 'vm-app-02');
    await refreshInventory(bot.deps);
    await fail(bot.azure, Object.fromEntries(names.map((name) => [name, 'UserErrorKeyVaultPermissionsNotConfigured'])));
    const failed = await bot.asks('ana', 'backup jobs failed');
    await failed.untilTitle(/VMs failed in the last 7 days/);
    const forecast = await bot.asks('ana', 'backup forecast');
    for (const chat of [failed, forecast]) {
      const title = (await chat.card()).titles.find((one) => /^Show fix \(50, \d+ left\)$/.test(one))!;
      await chat.clicks(title);
      await chat.untilButton('Give access and back up all 50');
    }
    await bot.azure.change({ vms, disks, items, jobs });
    await refreshInventory(bot.deps);
  });

  /** 5,000 VMs in a vault of their own have failed with one cause. */
  const failures = async (): Promise<JobFacts[]> => {
    const like = await bot.as('ana').until('a job', async () => (await bot.rows('job'))[0]);
    const vaultId = like.vault_id.replace(/vaults\/rsv-[^/]*$/, 'many/rsv-many');
    const time = new Date();
    return Array.from({ length: 5_000 }, (_, at): JobFacts => {
      const name = `vm-${at}`;
      const text = `<at>Ana</at> {{DATE(1)}} *${name}*`;
      return {
        ...(like.body as JobFacts),
        ...{ id: `/jobs/many-${at}`, name: `many-${at}`, vaultId, vmName: name, status: 'Failed', operation: 'Backup' },
        containerName: `IaasVMContainer;iaasvmcontainerv2;rg-many;${name}`,
        ...{ startTime: time, endTime: time, activityId: null },
        errors: [{ number: 9, title: 'ErrorOfMany', text, recommendations: [] }],
      };
    });
  };

  test('5,000 failures in one sweep: one card, posted once, without effect of its markup; everything else has its turn', async () => {
    await (await bot.thread('ana', 'backup watch')).untilTitle('Backup alerts are posted here');
    const jobs = await failures();
    const { vaultId } = jobs[0]!;
    const naming = () => {
      const began = cpuMs();
      for (const job of jobs) causeOfJob(rowOf(job, 'rsv-many'), null, [job.vmName, 'rg-many', 'rsv-many']);
      return cpuMs() - began;
    };
    const before = naming();
    await keepJobs(bot.database.db, vaultId, jobs);
    const { gap, answers } = await answeringDuring(async () => {
      // Its alerts can't be written before a command has been answered, so the sweep isn't over by then.
      let [isOver, release] = [false, () => {}];
      const released = new Promise<void>((resolve) => (release = resolve));
      const locked = Promise.withResolvers<void>();
      const lock = bot.database.db.transaction().execute(async (trx) => {
        await sql`lock table alert in exclusive mode`.execute(trx);
        locked.resolve();
        await released;
      });
      await locked.promise;
      const sweep = alertWorker(bot.deps)(vaultId, AbortSignal.abort()).then(() => (isOver = true));
      await (await bot.asks('ben', 'backup vaults')).untilTitle('3 Recovery Services vaults');
      expect([(await fetch(`${bot.url}/livez`)).status, isOver]).toEqual([200, false]);
      release();
      await Promise.all([lock, sweep]);
    });
    // Naming their causes is most of the work: it isn't done in one go, so that nobody has to wait that long.
    expect(gap).toBeLessThan(Math.max(before, naming()));
    expect(answers).toBeGreaterThan(10);
    const many = await untilCard(bot, '5,000 VM backups');
    expect(JSON.stringify(many.message.card).length).toBeLessThan(20_000);
    expect((await bot.rows('alert')).filter(({ cause_key }) => cause_key.includes('errorofmany'))).toHaveLength(1);
    expect(many.message.entities ?? []).toEqual([]);
    const asked = await presses(bot, many, 'Show fix for 50 VMs (4,950 left)');
    await asked.untilTitle('50 names unclear');
    expect(await asked.pings()).toEqual([]);
    const posts = (await bot.lab.exchanges()).filter(
      ({ method, request }) => method === 'POST' && JSON.stringify(request).includes('ErrorOfMany'),
    );
    expect(posts).toHaveLength(1);
  });

  /** This thread's CPU time in milliseconds: unlike elapsed time, the same on a busy machine. */
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };

  /** The most CPU time taken before anything else had its turn, and how often the probe was answered. */
  const answeringDuring = async (work: () => Promise<void>): Promise<{ gap: number; answers: number }> => {
    let [isOver, gap, answers, last] = [false, 0, 0, cpuMs()];
    const turns = async () => {
      for (; !isOver; last = cpuMs()) {
        await setImmediate();
        gap = Math.max(gap, cpuMs() - last);
      }
    };
    const probe = async () => {
      for (; !isOver; answers += 1) expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    };
    const others = [turns(), probe()];
    await work().finally(() => (isOver = true));
    await Promise.all(others);
    return { gap, answers };
  };
});

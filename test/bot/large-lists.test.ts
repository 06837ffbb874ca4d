import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/work/inventory.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('lists of a large estate', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    await addMachines(bot.azure, 120);
    const { policies, jobs } = await bot.azure.state();
    const gold = policies.find(({ name }) => name === 'gold')!;
    const more = Array.from({ length: 40 }, (_, n) => ({ ...gold, name: `team-${n + 10}` }));
    const done = jobs.find(({ status }) => status === 'Completed')!;
    const end = new Date().toISOString();
    const ids = Array.from({ length: 60 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const ran = ids.map((id, n) => ({ ...done, id, start: end, end, vmName: `vm-ran-${n + 10}` }));
    await bot.azure.change({ policies: [...policies, ...more], jobs: [...jobs, ...ran] });
    await refreshInventory(bot.deps); // which is else read every five minutes
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('unprotected VMs: by pages, by words on the card, and by words of the command before any is looked at', async () => {
    const chat = await bot.asks('ana', 'backup unprotected');
    const first = await chat.untilTitle(/^⚠️ 1\d\d VMs have no backup/u);
    expect(first.shown).toMatch(/\d+ more are not shown: the first 50 were checked\. To narrow it down/);
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
    expect(few.shown).toMatch(/vm-bek-01 · rg-hr/);
    expect(few.titles).not.toContain('Previous page');
    const far = await bot.asks('ana', 'backup unprotected vm-more-119');
    expect((await far.untilTitle('1 of 137 VMs without backup matches "vm-more-119"')).shown).toContain('vm-more-119');
  });

  test('policies and jobs: long ones are narrowed down by words as well', async () => {
    const policies = await bot.asks('ana', 'backup policies rsv-prod-weu');
    await policies.untilTitle('44 policies for VMs');
    await policies.clicks('Filter', { filter: 'team-49' });
    expect((await policies.untilTitle('1 of 44 policies for VMs matches "team-49"')).shown).toContain('team-49');
    const jobs = await bot.asks('ana', 'backup jobs vm-ran-1');
    const card = await jobs.untilTitle(/^ℹ️ 10 of \d+ jobs of the last 24 hours match "vm-ran-1"/u);
    expect(card.shown).toContain('vm-ran-19');
    expect(card.shown).not.toContain('vm-ran-20');
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('a backup that is running, deleted, or of an earlier VM', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());
  afterEach(() => void (bot.ahead = 0));

  const protectedVms = async () =>
    Number(/Protected: (\d+) of/.exec((await (await bot.asks('ana', 'backup status')).card()).shown)?.[1]);

  /** A backup of vm-app-01 that runs until the test ends it; its snapshot is listed already. */
  async function runs() {
    await bot.azure.scenario('backup-running');
    const { items, pending } = await bot.azure.state('items', 'pending');
    const item = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))!;
    const [newest] = item.points;
    const before = item.points.length;
    item.points.unshift({ ...newest!, id: '999', time: new Date().toISOString() });
    await bot.azure.change({ items, pending: [] });
    return { before, end: () => bot.azure.change({ pending }) };
  }

  test('a running backup’s recovery point doesn’t count yet; it is followed, and nothing is started', async () => {
    const { before, end } = await runs();
    const chat = await bot.thread('ana', 'backup vm-app-01');
    const card = await chat.untilTitle(/vm-app-01 is already being backed up/);
    expect(card.titles).toEqual(['Follow it', 'Cancel this backup', 'Check again', 'Close']);
    expect(card.shown).toContain(`${before} recovery points available`);
    expect(card.shown).toMatch(/starts nothing/);
    expect(card.text).toMatch(/no second one is started/);
    await chat.clicks('Follow it');
    const running = await chat.untilTitle(/Following|vm-app-01.* · \d/);
    expect(running.titles).not.toContain('Follow it');
    await end();
    const closed = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closed.shown).not.toMatch(/Kept until/);
    expect(await bot.azure.writes(/\/backup\?/)).toEqual([]);
  });

  test('a backup that ended between card and click is not started again', async () => {
    const { end } = await runs();
    const chat = await bot.thread('ana', 'backup vm-app-01');
    await chat.untilTitle(/is already being backed up/);
    await end();
    await chat.until('the end of the job', async () =>
      (await bot.azure.state('jobs')).jobs.every(({ status }) => status !== 'InProgress'),
    );
    await chat.clicks('Follow it');
    const card = await chat.untilTitle(/vm-app-01 is protected/);
    expect(card.titles).toContain('Back up now');
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await bot.azure.writes(/\/backup\?/)).toEqual([]);
  });

  test('"Cancel this backup" works like `backup cancel`: it asks first', async () => {
    await runs();
    const chat = await bot.thread('ana', 'backup vm-app-01');
    await chat.untilTitle(/is already being backed up/);
    await chat.clicks('Cancel this backup');
    expect((await chat.untilTitle(/^❓ Cancel the backup of .*vm-app-01/)).titles).toContain('Cancel this backup');
    expect(await bot.azure.writes()).toEqual([]);
  });

  test('soft-deleted backups: that they are, until when, and the way to them', async () => {
    await bot.azure.scenario('soft-deleted-item');
    const chat = await bot.asks('ana', 'backup vm-case-10');
    const card = await chat.card();
    expect(card.title).toBe('⛔ vm-case-10: backups deleted, gone for good in 9 days');
    expect(card.shown).toMatch(/backups deleted, gone for good in 9 days/);
    expect(card.text).toMatch(/8 recovery points until \d+ \w+( \d{4})?\b/);
    expect(card.shown).not.toMatch(/safe|no backup exists/);
    expect(card.text).toMatch(/Open the deleted backup item/);
  });

  test('a VM recreated under its old name has no backup, alone and among several', async () => {
    const safe = await protectedVms();
    await bot.azure.scenario('vm-made-again');
    await refreshInventory(bot.deps);
    const chat = await bot.asks('ana', 'backup vm-app-01');
    const card = await chat.card();
    expect(card.title).toBe('⚠️ vm-app-01 has NO backup; only an earlier VM has');
    expect(card.shown).toMatch(/14 recovery points in rsv-prod-weu belong to an earlier VM of this name/);
    expect(card.text).toMatch(/Last good backup: none yet/);
    expect(card.shown).not.toMatch(/safe|Yes, as far/);
    expect(card.titles).toEqual(['Back up now', 'Check again', 'Choose disks', 'Cancel']);
    const [status, open, row] = await Promise.all(
      ['backup status', 'backup unprotected vm-app-01', 'backup status vm-app-01 vm-plain-01'].map(
        async (text) => (await (await bot.asks('ana', text)).card()).shown,
      ),
    );
    expect(status).toContain(`Protected: ${safe - 1} of`);
    expect(open).toMatch(/1 of \d+ VMs without backup matches "vm-app-01"/);
    expect(open).toMatch(/vm-app-01\nrg-app · the backups belong to an earlier VM/);
    expect(row).toMatch(/vm-app-01 · .*the backups belong to an earlier VM/);
    const many = await bot.asks('ana', 'backup vm-app-01 vm-plain-01');
    expect((await many.card()).shown).toMatch(/vm-app-01.*the backups belong to an earlier VM/);
    await chat.clicks('Back up now');
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test('a backup due soon after a clock change may be an hour off; not in a time zone without summer time', async () => {
    const { policies } = await bot.azure.state('policies');
    // Summer time begins in Amsterdam on the last Sunday of March, so always within the week before 1 April.
    const now = new Date();
    const due = Date.UTC(now.getUTCFullYear() + 1, 2, 31, 12);
    bot.ahead = due - now.getTime();
    await bot.azure.change({ clockOffsetMs: bot.ahead });
    const shown = async (text: string) => (await (await bot.asks('ana', text)).card()).shown;
    const note = /may be an hour off after the clocks change/;
    expect(await shown('backup status vm-app-01 vm-hr-01')).not.toMatch(note);
    for (const policy of policies) Object.assign(policy.properties, { timeZone: 'W. Europe Standard Time' });
    await bot.azure.change({ policies });
    expect(await shown('backup status vm-app-01 vm-hr-01')).toMatch(
      /- vm-app-01 · .* · next .*, may be an hour off after the clocks change/,
    );
    expect(await shown('backup vm-app-01')).toMatch(
      /Next backup: .*, may be an hour off after the clocks change · rsv-prod-weu · decade/,
    );
  });
});

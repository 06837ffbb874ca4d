import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseKinds } from '../support/databases.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('cancelling', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed: 20 });
  }, 90_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a running backup is found by its VM, cancelled once, and both cards say so', async () => {
    const own = await bot.thread('ana', 'backup now vm-app-01');
    await own.untilButton('Cancel this backup');
    const chat = await bot.asks('ana', 'backup cancel VM-APP-01');
    const card = await chat.untilTitle('Cancel the backup of vm-app-01?');
    expect(card.titles).toEqual(['Cancel this backup', 'Check again', 'Let it run']);
    await chat.clicks('Cancel this backup');
    await chat.untilTitle('The job of vm-app-01 is cancelled', 30_000);
    await own.untilTitle(/vm-app-01 was cancelled/, 30_000);
    expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(1);
  }, 90_000);

  test('nothing that runs: said, with no button that acts', async () => {
    const chat = await bot.asks('ana', 'backup cancel vm-sql-01');
    expect((await chat.untilTitle('No job is running for vm-sql-01')).titles).toEqual(['Check again']);
  });

  test('a job that somebody else started takes an administrator', async () => {
    const own = await bot.thread('ana', 'backup now vm-dup-01');
    await own.untilTitle(/2 VMs are called vm-dup-01/);
    await own.says('rg-app');
    await own.untilButton('Cancel this backup');
    const chat = await bot.asks('ben', 'backup cancel vm-dup-01');
    await chat.untilTitle('Cancel the backup of vm-dup-01?');
    const answer = await chat.clicks('Cancel this backup');
    expect(answer.text).toMatch(/You may not cancel this backup.*role administrator/);
    expect(await bot.azure.writes(/vm-dup-01.*\/cancel\?|cancel.*vm-dup-01/)).toEqual([]);
  }, 90_000);
});

/** So slow that nothing happens before its time but what a wish brings forward. */
const never = 600_000;
const patient = { jobEarly: never, jobMid: never, jobLate: never, vaultBusy: never, vaultIdle: never };

describe.each(databaseKinds)('the wish to cancel, on %s', (database) => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database, speed: 20, waits: patient });
  }, 90_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('is heard at once by a job whose next look is minutes away', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/Backing up vm-app-01/);
    await chat.untilButton('Cancel this backup');
    await chat.clicks('Cancel this backup');
    await chat.until('the cancel', async () => (await bot.azure.writes(/\/cancel\?/)).length > 0, 20_000);
  }, 90_000);

  test('is heard at the end of the stage that ran while it came', async () => {
    await bot.azure.reset();
    let wish: Promise<unknown> | null = null;
    bot.gap = async (gap) => {
      if (gap !== 'advance:before-save' || wish) return;
      if ((await bot.azure.requests('GET', /\/backupJobs\/[0-9a-f-]{36}/)).length === 0) return;
      const [operation] = await bot.operationsIn(chat);
      wish = chat.sends({ verb: 'cancel-backup', data: { operation: operation!.id } });
      await wish;
    };
    const chat = await bot.thread('ana', 'backup now vm-dup-01');
    await chat.untilTitle(/2 VMs are called vm-dup-01/);
    await chat.says('rg-app');
    await chat.until('the cancel', async () => (await bot.azure.writes(/\/cancel\?/)).length > 0, 20_000);
    expect(await wish).toMatchObject({ status: 200 });
  }, 90_000);
});

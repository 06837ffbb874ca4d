import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { ChatPage } from './chat-page.ts';

let browser: Browser;
let bot: TestBot;
beforeAll(async () => {
  if (!chromiumPath()) return;
  [browser, bot] = await Promise.all([
    startChromium(),
    startBot({ database: 'postgres', speed: 1000, editGapMs: 250 }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
});

browserTest('in the channel: Ana asks, Ben goes on with her card, and the end mentions Ben', async () => {
  await using ana = await ChatPage.open(browser, bot.url, { chat: 'general' });
  await ana.types('backup vm-sql-01');
  await ana.untilTitle('vm-sql-01 is ready to back up');
  const card = await ana.newestId();
  const thread = new URL(ana.page.url()).searchParams.get('chat') ?? '';
  expect(thread).toContain(';messageid=');

  await using ben = await ChatPage.open(browser, bot.url, { as: 'ben', chat: thread });
  await ben.untilTitle('vm-sql-01 is ready to back up');
  await ben.presses('Protect and back up now');
  await ben.untilTitle('vm-sql-01 is backed up');
  expect(await ben.text()).toContain('Started by Ben Jansen');
  await ben.page.locator('.mention', { hasText: 'Ben Jansen' }).waitFor();

  // Ana did nothing; her page was updated.
  await ana.untilTitle('vm-sql-01 is backed up');
  expect(await ana.newestId()).toBe(card);
  expect(await bot.azure.writes(/protectedItems\/[^/]+\/backup\?/)).toHaveLength(1);
});

browserTest('a known failure closes the card with its cause and its fixes, and says what is safe', async () => {
  await bot.azure.fault({
    job: {
      vm: 'vm-app-01',
      errorCode: 400053,
      errorTitle: 'UserErrorGuestAgentStatusUnavailable',
      errorString: 'VM agent is unable to communicate with the Azure Backup Service.',
    },
    times: 1,
  });
  await using ana = await ChatPage.open(browser, bot.url);
  await ana.says('/backup now vm-app-01');
  await ana.untilTitle("vm-app-01 backup failed: the VM agent didn't respond");
  const said = await ana.text();
  expect(said).toContain('14 recovery points available');
  expect(said).toContain('How to fix it');
  expect(said).toContain('will fail too');
  await ana.presses('Details');
  await ana.newest().getByText('VM agent is unable to communicate').waitFor();
  await ana.newest().getByText('UserErrorGuestAgentStatusUnavailable').waitFor();
  await ana.page.locator('article.bot', { hasText: /vm-app-01 backup failed: .* Last good backup/ }).waitFor();
  await ana.presses('Check again');
  await ana.untilTitle('vm-app-01 is protected');
});

browserTest('an unknown failure is shown as Azure gave it, without advice', async () => {
  await bot.azure.fault({
    job: {
      vm: 'vm-neu-01',
      errorCode: 499999,
      errorTitle: 'UserErrorNobodyHasSeenYet',
      errorString: 'Something *new* went <b>wrong</b> with ${everything}.',
    },
    times: 1,
  });
  await using ben = await ChatPage.open(browser, bot.url, { as: 'ben' });
  await ben.says('/backup now vm-neu-01');
  await ben.untilTitle('vm-neu-01 backup failed: unknown error');
  const said = await ben.text();
  expect(said).toContain('UserErrorNobodyHasSeenYet · 499999');
  expect(said).toContain('Something *new* went <b>wrong</b> with ${everything}.');
  expect(said).not.toContain('How to fix it');
  await ben.presses('Details');
  expect(await ben.text()).toMatch(/Request ID [0-9a-f]{8}-/);
});

import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { ChatPage } from './chat-page.ts';

let browser: Browser;
let bot: TestBot;
beforeAll(async () => {
  if (!chromiumPath()) return;
  // Slow enough for a person to press Cancel, fast enough to wait for the end.
  [browser, bot] = await Promise.all([startChromium(), startBot({ database: 'pglite', speed: usual, editGapMs: 250 })]);
});
afterEach(() => bot && paces(usual));
/** Slow enough for a busy machine's browser to show what is on the way to the end; fast once it has. */
const [usual, slow, fast] = [400, 200, 8_000];
const paces = (speed: number) => bot.azure.control('POST', 'clock', { speed });
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
});

browserTest('from the first word to the recovery point: one card, another vault, one mention', async () => {
  await using ana = await ChatPage.open(browser, bot.url);
  await ana.says('/backup vm-sql-01');
  await ana.untilTitle('vm-sql-01 is ready to back up');
  const card = await ana.newestId();
  expect(await ana.text()).toContain(
    'The first backup will be kept for 30 days. No approval needed. Nothing has been changed yet.',
  );

  await ana.presses('Details');
  await ana.newest().getByText('BEK encrypted with a KEK').waitFor();
  await ana.newest().getByText('az backup protection enable-for-vm').waitFor();
  await ana.newest().getByText('az backup protection backup-now').waitFor();

  const vault = ana.newest().getByLabel('Backups go to');
  expect(await vault.locator('option').allTextContents()).toEqual([
    'Choose a Recovery Services vault',
    'rsv-prod-weu · copies in two regions, soft delete 14 days',
    'rsv-test-weu · copies in one data centre, soft delete 14 days',
  ]);
  await vault.selectOption({ label: 'rsv-test-weu · copies in one data centre, soft delete 14 days' });
  await ana.presses('Protect and back up now');
  // The VM hasn't been checked with that vault yet: nothing is done before the card shows that vault's policies.
  await ana.newest().locator('option[value*="/rsv-test-weu/backupPolicies/"]').first().waitFor({ state: 'attached' });
  expect(await bot.azure.writes(/vm-sql-01/)).toEqual([]);
  expect(await ana.newest().getByLabel('Backups go to').inputValue()).toMatch(/\/rsv-test-weu$/);
  await paces(slow);
  await ana.presses('Protect and back up now');

  await ana.untilTitle('Backing up vm-sql-01');
  await ana.newest().getByText('rsv-test-weu · started by Ana de Vries').waitFor();
  await ana.newest().getByText('Too late to cancel').waitFor();
  // The accessible name is what the card is about now, not how many minutes it has been.
  const heard = ana.page.locator('#phase');
  expect(await heard.textContent()).toContain('Backing up vm-sql-01');
  await paces(fast);
  await ana.untilTitle('vm-sql-01 is backed up');
  await heard.getByText('vm-sql-01 is backed up').waitFor();
  expect(await ana.newestId()).toBe(card);
  expect(await ana.text()).toContain('included in the backup (Azure Disk Encryption)');
  const mention = ana.page.locator('article.bot', { hasText: 'Ana de Vries: vm-sql-01 is backed up' });
  await mention.waitFor();
  expect(await mention.locator('.mention').textContent()).toBe('Ana de Vries');
  const { items } = await bot.azure.state('items');
  const item = items.find(({ vmId }) => vmId.endsWith('/vm-sql-01'));
  expect(item?.vaultId).toMatch(/\/rsv-test-weu$/);
  expect(item?.points).toHaveLength(1);
});

browserTest(
  'another vault first shows its policies, Cancel keeps the findings, and it can be opened again',
  async () => {
    await using ana = await ChatPage.open(browser, bot.url);
    await ana.says('/backup vm-plain-01');
    await ana.untilTitle('vm-plain-01 is ready to back up');
    expect(await ana.buttons()).not.toContain('Back');
    await ana
      .newest()
      .getByLabel('Backups go to')
      .selectOption({ label: 'rsv-test-weu · copies in one data centre, soft delete 14 days' });
    await ana.presses('Protect only');
    await ana.newest().locator('option[value*="/rsv-test-weu/backupPolicies/"]').first().waitFor({ state: 'attached' });
    expect(await ana.newest().getByLabel('Backups go to').inputValue()).toMatch(/\/rsv-test-weu$/);
    await ana.presses('Cancel');
    await ana.newest().getByText('Closed by Ana de Vries').waitFor();
    expect(await ana.text()).toContain('vm-plain-01 is ready to back up');
    expect(await bot.azure.writes(/vm-plain-01/)).toEqual([]);
    await ana.presses('Reopen');
    await ana.untilTitle('vm-plain-01 is ready to back up');
  },
);

browserTest('a reload in the middle: the page shows the same card at the point where it is', async () => {
  await using ana = await ChatPage.open(browser, bot.url);
  await paces(slow);
  await ana.says('/backup now vm-app-01 retain 14d');
  await ana.untilTitle('Backing up vm-app-01');
  const card = await ana.newestId();
  await ana.page.reload();
  await paces(fast);
  await ana.message(card).getByRole('heading').filter({ hasText: 'vm-app-01 is backed up' }).waitFor();
  expect(await ana.newestId()).toBe(card);
});

browserTest('on a phone, in the dark: nothing is cut off and the button can be pressed', async () => {
  await using ana = await ChatPage.open(browser, bot.url, { as: 'ben', width: 390, scheme: 'dark' });
  await ana.says('/backup vm-cmk-01');
  await ana.untilTitle('vm-cmk-01 is ready to back up');
  const tooWide = await ana.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(tooWide).toBe(false);
  await ana.presses('Protect only');
  await ana.untilTitle('vm-cmk-01 is protected');
});

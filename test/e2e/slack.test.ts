import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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

/** The newest message with this text. */
const message = (page: Page, text: string | RegExp) => page.locator('#log article').filter({ hasText: text }).last();
const press = (page: Page, name: string) =>
  page.locator('#log').getByRole('button', { name, exact: true }).last().click();

browserTest(
  'a command in a channel continues in its thread, to the closing card and the mention; somebody else sees it too',
  async () => {
    await using ana = await ChatPage.open(browser, bot.url, { side: 'slack', chat: 'general' });
    await ana.types('/backup vm-sql-01');
    await ana.page.getByText('1 reply').click();
    await message(ana.page, 'vm-sql-01 is ready to back up').waitFor();
    await using ben = await ChatPage.open(browser, bot.url, { side: 'slack', as: 'ben', chat: placeOf(ana.page) });
    await press(ben.page, 'Protect and back up now');
    await message(ben.page, 'vm-sql-01 is backed up').waitFor();
    await message(ana.page, /@Ben Jansen: vm-sql-01 is backed up/).waitFor();
    expect(await message(ana.page, 'Recovery point').innerText()).toContain('Started by Ben Jansen');
    expect(await bot.azure.writes(/protectedItems\/[^/]+\/backup\?/)).toHaveLength(1);
  },
);

browserTest('who is linked to nobody is told so alone, signs in once, and goes on', async () => {
  await using dirk = await ChatPage.open(browser, bot.url, { side: 'slack', as: 'admin', chat: 'general' });
  await dirk.types('/backup vm-plain-01');
  await dirk.page.getByText('1 reply').last().click();
  await message(dirk.page, 'vm-plain-01 is ready to back up').waitFor();
  await press(dirk.page, 'Protect only');
  const told = message(dirk.page, 'Sign in once');
  const [signIn] = await Promise.all([
    dirk.page.waitForEvent('popup'),
    told.getByRole('link', { name: 'Sign in with Microsoft' }).click(),
  ]);
  await signIn.getByRole('button', { name: /Sign in/ }).click();
  await signIn.getByRole('button', { name: /Dirk Visser/ }).click();
  await signIn.getByText(/Dirk Visser/).waitFor();
  expect(new URL(signIn.url()).pathname).toBe('/slack/link/callback');
  await press(dirk.page, 'Protect only');
  await message(dirk.page, /@Dirk Visser: vm-plain-01 is protected/).waitFor();
  const [link] = await bot.rows('person_link');
  expect(link).toMatchObject({ entra: '00000000-0000-0000-0000-0000000000d1' });
});

browserTest('what can wait with an alert is chosen in the menu behind its three dots', async () => {
  await bot.azure.failedLately();
  await using ana = await ChatPage.open(browser, bot.url, { side: 'slack', chat: 'general', width: 390 });
  await ana.types('@Kluis backup watch');
  const alert = message(ana.page, 'Do NOT restart vm-hr-01');
  await alert.getByRole('button', { name: 'More', exact: true }).click();
  await alert.getByRole('menuitem', { name: 'Snooze 1 hour' }).click();
  await alert.getByText(/Snoozed until/).waitFor();
  expect((await bot.rows('alert')).filter(({ snoozed_until }) => snoozed_until !== null)).toHaveLength(1);
});

function placeOf(page: Page): string {
  return new URL(page.url()).searchParams.get('chat') ?? '';
}

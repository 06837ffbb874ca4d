import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserTest, chromiumPath, openTab, startChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { judgedByAxe } from '../support/judged-by-axe.ts';
import { cardMessage, startBench, type Bench, type Bot } from './bench.ts';
import { progressCard, sampleBot } from './sample-bot.ts';

let browser: Browser | undefined;
/** All benches follow one another on it, so that the page's modules are compiled once. */
let port: number;
beforeAll(async () => {
  if (chromiumPath()) [browser, port] = await Promise.all([startChromium(), freePort()]);
});
afterAll(async () => browser?.close());

const commands = [
  { title: 'backup', description: 'Check a VM' },
  { title: 'backup status', description: 'Will tonight work?' },
];
const activities = (conversation: string) => `v3/conversations/${encodeURIComponent(conversation)}/activities`;
const anasChat = activities('a:lab-ana');

type Open = { path?: string; width?: number; scheme?: 'light' | 'dark' };

/** A bench with a page on it; leaving the scope fails the test if the page had an error or violated its own policy. */
async function openPage(bot: Bot, { path = '/', width = 1200, scheme = 'light' }: Open = {}) {
  const bench = await startBench(bot, { commands, port });
  const tab = await openTab(browser!, bench.url + path, { width, height: 844, colorScheme: scheme });
  await tab.page.locator('.chat').first().waitFor({ state: 'attached' });
  return {
    bench,
    page: tab.page,
    async [Symbol.asyncDispose]() {
      try {
        await tab[Symbol.asyncDispose]();
      } finally {
        await bench[Symbol.asyncDispose]();
      }
    },
  };
}

async function say(page: Page, text: string) {
  await page.locator('#compose-text').fill(text);
  await page.keyboard.press('Enter');
}

const expectGone = (page: Page, text: string) => page.getByText(text).waitFor({ state: 'detached' });

const send = async (bench: Bench, message: object) => (await bench.connector('POST', anasChat, message)).body.id;

browserTest('a command, its card, a press, and the answer card', async () => {
  await using opened = await openPage(sampleBot);
  const { page, bench } = opened;
  await say(page, '/backup vm-sql-01');
  await page.getByText('vm-sql-01 is ready to back up').waitFor();
  await page.getByLabel('How often').selectOption({ label: 'gold · every day, kept 90 days and 52 weeks' });
  await page.getByLabel('Reason').fill('audit');
  await page.getByRole('button', { name: 'Protect and back up now' }).click();
  await page.getByText('Started. Nothing more to do here.').waitFor();
  await page.getByText('Backing up vm-sql-01').waitFor();
  const invoke = bench.received.find(({ type }) => type === 'invoke');
  expect(invoke?.value).toMatchObject({
    trigger: 'manual',
    action: { verb: 'protect', data: { dialog: 'd1', vault: 'prod', policy: 'gold', reason: 'audit' } },
  });
  expect(await page.locator('.mention', { hasText: 'Ana de Vries' }).count()).toBe(1);
});

browserTest('an edit is shown at once, is marked, and keeps what was being typed', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  const id = await send(bench, cardMessage(progressCard(1)));
  await page.getByText('1 min').waitFor();
  expect(await page.getByText('Edited').count()).toBe(0);
  expect(await page.locator('.message-body[aria-live=off]').count()).toBe(0);
  await page.getByLabel('Note for the log').fill('half a sen');
  await bench.connector('PUT', `${anasChat}/${id}`, cardMessage(progressCard(4)));
  await page.getByText('4 min').waitFor();
  await page.getByText('Edited').waitFor();
  // It isn't read out as a whole each time.
  expect(await page.locator('.message-body[aria-live=off]').count()).toBe(1);
  expect(await page.getByLabel('Note for the log').inputValue()).toBe('half a sen');
  await bench.connector('DELETE', `${anasChat}/${id}`);
  await page.getByText('This message has been deleted.').waitFor();
});

browserTest('a line under the card, an error under the card, and Action.Submit', async () => {
  await using opened = await openPage(sampleBot);
  const { page, bench } = opened;
  await send(bench, cardMessage(progressCard(1)));
  await page.getByRole('button', { name: 'Cancel this backup' }).click();
  await page.getByRole('alert').getByText('Too late to cancel.').waitFor();
  await say(page, 'backup vm-sql-01');
  await page.getByRole('button', { name: 'Protect only' }).click();
  await page.getByText('Ben is already at it.').waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.locator('.bubble', { hasText: 'Cancelled. Nothing changed.' }).waitFor();
  expect(bench.received.at(-1)).toMatchObject({
    type: 'message',
    value: { cancel: true, vault: 'prod', policy: 'default' },
  });
});

browserTest('folded parts open without the bot', async () => {
  await using opened = await openPage(sampleBot);
  const { page, bench } = opened;
  await say(page, 'backup vm-sql-01');
  await page.getByRole('button', { name: 'All 16 checks' }).click();
  await page.getByText('agent: ready').waitFor();
  await page.getByRole('button', { name: 'The exact commands' }).click();
  await page.getByText('az backup protection enable-for-vm').waitFor();
  expect(bench.received.filter(({ type }) => type === 'invoke')).toEqual([]);
});

browserTest('a pick-list that asks the bot', async () => {
  await using opened = await openPage(sampleBot);
  const { page, bench } = opened;
  const pick = {
    type: 'Input.ChoiceSet',
    id: 'vm',
    label: 'VM',
    style: 'filtered',
    choices: [],
    'choices.data': { type: 'Data.Query', dataset: 'vms' },
  };
  const actions = [{ type: 'Action.Execute', title: 'Go', verb: 'go' }];
  await send(bench, cardMessage({ type: 'AdaptiveCard', version: '1.5', body: [pick], actions }));
  await page.locator('.card input').click();
  await page.keyboard.type('web', { delay: 20 });
  await page.locator('.ac-choiceSetInput-choice', { hasText: 'vm-web-02' }).click();
  await page.getByRole('button', { name: 'Go' }).click();
  await page.locator('.message-note').getByRole('alert').or(page.getByText('Nothing more to do')).first().waitFor();
  expect(bench.received.findLast(({ name }) => name === 'application/search')?.value).toMatchObject({
    dataset: 'vms',
    queryText: 'web',
  });
  expect(bench.received.findLast(({ name }) => name === 'adaptiveCard/action')?.value).toMatchObject({
    action: { verb: 'go', data: { vm: '/vm/vm-web-02' } },
  });
});

browserTest('the channel: a thread of its own, seen by others, answered by others', async () => {
  await using opened = await openPage(sampleBot);
  const { page, bench } = opened;
  await page.getByRole('button', { name: 'General' }).click();
  await say(page, 'backup vm-sql-01');
  await page.getByText('vm-sql-01 is ready to back up').waitFor();
  await page.locator('.chat[aria-current]', { hasText: 'backup vm-sql-01' }).waitFor();
  await page.getByRole('radio', { name: 'Ben Jansen' }).check({ force: true });
  await page.locator('.chat[aria-current]', { hasText: 'backup vm-sql-01' }).waitFor();
  await page.getByRole('button', { name: 'Protect only' }).click();
  await page.getByText('Ben is already at it.').waitFor();
  expect(bench.received.at(-1)).toMatchObject({
    from: { id: '29:ben' },
    conversation: { conversationType: 'channel' },
  });
  await page.getByRole('radio', { name: 'Ana de Vries' }).check({ force: true });
  await page.getByText('vm-sql-01 is ready to back up').waitFor();
  await page.getByText('Ben is already at it.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'General', exact: true }).first().click();
  await page.locator('.post').getByRole('button', { name: 'Reply' }).waitFor();
});

browserTest('commands are suggested and taken by keyboard', async () => {
  await using opened = await openPage(() => undefined);
  const { page } = opened;
  await page.locator('#compose-text').press('/');
  const box = page.getByRole('textbox', { name: 'Message to Kluis' });
  expect(await page.getByRole('option').count()).toBe(2);
  await box.press('ArrowDown');
  expect(await page.getByRole('option', { selected: true }).textContent()).toContain('Check a VM');
  await box.press('ArrowUp');
  expect(await page.getByRole('option', { selected: true }).textContent()).toContain('/backup status');
  await box.press('Enter');
  expect(await box.inputValue()).toBe('/backup status ');
  expect(await page.getByRole('option').count()).toBe(0);
});

browserTest(
  'Enter sends what was typed, also where it is the beginning of another command; Tab takes the first',
  async () => {
    await using opened = await openPage(() => undefined);
    const { page, bench } = opened;
    const box = page.getByRole('textbox', { name: 'Message to Kluis' });
    await box.pressSequentially('/backup');
    expect(await page.getByRole('option').count()).toBe(1);
    expect(await page.getByRole('option', { selected: true }).count()).toBe(0);
    await box.press('Enter');
    await page.locator('.bubble', { hasText: '/backup' }).waitFor();
    expect(bench.received.at(-1)).toMatchObject({ type: 'message', text: '/backup' });
    expect(await box.inputValue()).toBe('');
    await box.pressSequentially('/backup');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/backup status ');
  },
);

browserTest('under the mouse a primary button keeps its colours', async () => {
  await using opened = await openPage(sampleBot);
  const { page } = opened;
  await say(page, '/backup vm-sql-01');
  const button = page.getByRole('button', { name: 'Protect and back up now' });
  const colours = () =>
    button.evaluate((one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color].join(' on '));
  await button.waitFor();
  await page.mouse.move(0, 0);
  expect(await colours()).toMatch(/^rgb\(\d/);
  await button.hover();
  // White on five percent of grey was there before: nobody could read it.
  expect(await colours()).not.toMatch(/rgba\(.*\) on/);
});

browserTest('axe-core finds nothing wrong on the page', async () => {
  await using opened = await openPage(sampleBot);
  const { page } = opened;
  await say(page, '/backup vm-sql-01');
  await page.getByText('vm-sql-01 is ready to back up').waitFor();
  await page.locator('#compose-text').press('/');
  expect(await judgedByAxe(page)).toEqual([]);
});

browserTest('Dutch reaches the bot and the page; dark and light can be chosen', async () => {
  await using opened = await openPage(() => undefined, { scheme: 'dark' });
  const { page, bench } = opened;
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.getByRole('radio', { name: 'Light' }).check({ force: true });
  expect(await background()).toBe('light');
  await page.getByRole('radio', { name: 'Nederlands' }).check({ force: true });
  await page.getByText('Dit is je persoonlijke chat met Kluis.').waitFor();
  await say(page, 'backup help');
  await page.locator('.bubble', { hasText: 'backup help' }).waitFor();
  expect(bench.received.at(-1)).toMatchObject({ text: 'backup help', locale: 'nl-NL' });
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('nl');
});

browserTest('what is written is never run', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  const evil = '<img src=x onerror="document.title=1"> [x](javascript:alert(1)) <at>Nobody</at> **bold**';
  await bench.post('/_lab/say', { as: 'ana', conversation: 'personal', text: evil });
  await send(bench, { type: 'message', text: evil });
  await send(
    bench,
    cardMessage({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: `${evil} # card`, wrap: true }],
    }),
  );
  await page.getByText('# card').waitFor();
  expect(await page.locator('.log img:not(.avatar), .log a, .mention').count()).toBe(0);
  expect(await page.locator('.log strong').count()).toBe(2);
  expect(await page.title()).toBe('Kluis · Ana de Vries');
});

browserTest('the page outlives a restart of the bot and catches up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const statePath = join(folder, 'lab.json');
  const first = await startBench(() => undefined, { statePath, port });
  const page = await browser!.newPage();
  await page.goto(first.url);
  await say(page, 'before the restart');
  await page.locator('.bubble', { hasText: 'before the restart' }).waitFor();
  await first[Symbol.asyncDispose]();
  await page.getByText('Connection to the bot lost').waitFor();
  await using second = await startBench(() => undefined, { statePath, port });
  await send(second, { type: 'message', text: 'back again' });
  await page.locator('.bubble', { hasText: 'back again' }).waitFor();
  expect(await page.locator('.bubble').allTextContents()).toEqual(['before the restart', 'back again\n']);
  await expectGone(page, 'Connection to the bot lost');
  await page.close();
  await rm(folder, { recursive: true });
});

browserTest('on a phone nothing is wider than the screen and the side bar folds away', async () => {
  await using opened = await openPage(sampleBot, { width: 390 });
  const { page } = opened;
  await say(page, 'backup vm-sql-01');
  await page.getByRole('button', { name: 'All 16 checks' }).click();
  await page.getByRole('button', { name: 'The exact commands' }).click();
  await page.getByText('az backup protection').waitFor();
  const tooWide = await page.evaluate(
    () =>
      Array.from(document.querySelectorAll('.main *')).filter(
        (each) => each.getBoundingClientRect().right > window.innerWidth + 0.5,
      ).length,
  );
  expect(tooWide).toBe(0);
  expect(await page.locator('#side').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Conversations and settings' }).click();
  await page.locator('#side').getByRole('button', { name: 'General' }).click();
  await page.getByText('This is the channel General').waitFor();
  expect(await page.locator('#menu').getAttribute('aria-expanded')).toBe('false');
});

browserTest('the raw activities, folded until asked for', async () => {
  await using opened = await openPage(sampleBot);
  const { page } = opened;
  expect(await page.locator('#raw').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Activities' }).click();
  await say(page, 'backup vm-sql-01');
  const sent = page.locator('.exchanges details', { hasText: /^message/ });
  await sent.locator('summary').click();
  await page.locator('.exchanges pre', { hasText: '"text": "backup vm-sql-01"' }).waitFor();
  await page.locator('.exchanges .what', { hasText: 'send · card' }).waitFor();
});

browserTest('every control has a name', async () => {
  await using opened = await openPage(sampleBot, { path: '/?chat=general' });
  const { page } = opened;
  await say(page, 'backup vm-sql-01');
  await page.getByText('vm-sql-01 is ready').waitFor();
  for (const control of await page.locator('button:visible, input, select, textarea').all())
    expect(await control.ariaSnapshot()).toMatch(/"[^"]+"/);
});

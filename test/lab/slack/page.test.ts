import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect } from '@jest/globals';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { createLab } from '../../../src/lab/lab.ts';
import { browserTest, chromiumPath, openTab, startChromium } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/free-port.ts';
import { startSlackBench, type Answer, type Json, type Received, type SlackBench } from './slack-bench.ts';

let browser: Browser | undefined;
/** All benches follow one another on it, so that the page's modules are compiled once. */
let port: number;
beforeAll(async () => {
  if (chromiumPath()) [browser, port] = await Promise.all([startChromium(), freePort()]);
});
afterAll(async () => browser?.close());

const general = 'C0GENERAL1';
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string, text: string) => ({ text: plain(text), value });

type Open = { query?: string; width?: number; scheme?: 'light' | 'dark' };

/** The lab with its Slack side on a page; leaving the scope fails the test if the page had an error. */
async function openPage(
  bot: (received: Received) => Answer,
  { query = '', width = 1200, scheme = 'light' }: Open = {},
) {
  const bench = await startSlackBench(bot, {
    now: () => new Date(),
    commands: [{ title: 'backup', description: 'Check a VM' }],
  });
  const app = express();
  const lab = createLab({ botEndpoint: () => 'http://127.0.0.1:9/', baseUrl: () => url, slack: bench.emulator });
  app.use(lab.router);
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${port}`;
  const look = { width, height: 844, colorScheme: scheme };
  const tab = await openTab(browser!, `${url}/?side=slack${query}`, look);
  await tab.page.locator('.chat').first().waitFor({ state: 'attached' });
  return {
    bench,
    page: tab.page,
    async [Symbol.asyncDispose]() {
      try {
        await tab[Symbol.asyncDispose]();
      } finally {
        await lab.close();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
        await bench[Symbol.asyncDispose]();
      }
    },
  };
}

const post = (bench: SlackBench, args: object): Promise<Json> =>
  bench.api('chat.postMessage', { channel: general, text: 'text', ...args });

/** Waits for a request of this type, and gives its fields. */
function received(bench: SlackBench, type: string): Promise<Json> {
  return eventually(type, () => bench.received.findLast(({ fields }) => fields['type'] === type)?.fields);
}

async function say(page: Page, text: string) {
  await page.locator('#compose-text').fill(text);
  await page.keyboard.press('Enter');
}

browserTest('a slash command, its card, a choice, a press, and the edit that follows', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  await say(page, '/backup vm-sql-01');
  const policies = [option('daily', 'Every day'), option('gold', 'Every day, 90 days')];
  const blocks = [
    { type: 'header', text: plain('vm-sql-01 is ready') },
    { type: 'section', text: mrkdwn('*BEK and KEK* in `kv-prod-weu` for <@U0ANAVRIES> &amp; others, &lt;b&gt;') },
    {
      type: 'input',
      block_id: 'policy',
      label: plain('How often'),
      element: { type: 'static_select', action_id: 'policy', options: policies, initial_option: policies[0] },
    },
    { type: 'input', block_id: 'why', label: plain('Reason'), element: { type: 'plain_text_input', action_id: 'why' } },
    {
      type: 'actions',
      block_id: 'go',
      elements: [{ type: 'button', action_id: 'protect', text: plain('Protect'), value: 'd1', style: 'primary' }],
    },
  ];
  const { ts } = await post(bench, { blocks });
  await page.getByRole('heading', { name: 'vm-sql-01 is ready' }).waitFor();
  expect(await page.locator('.slack-mention.me').innerText()).toBe('@Ana de Vries');
  expect(await page.locator('.section').innerText()).toBe('BEK and KEK in kv-prod-weu for @Ana de Vries & others, <b>');
  await page.getByLabel('How often').selectOption({ label: 'Every day, 90 days' });
  await page.getByLabel('Reason').fill('audit');
  await page.getByRole('button', { name: 'Protect' }).click();
  const pressed = await received(bench, 'block_actions');
  expect(pressed.actions).toMatchObject([{ action_id: 'protect', value: 'd1' }]);
  expect(pressed.state.values.policy.policy.selected_option.value).toBe('gold');
  expect(pressed.state.values.why.why.value).toBe('audit');
  await bench.api('chat.update', { channel: general, ts, text: 'Done: *vm-sql-01*' });
  await page.getByText('Done: vm-sql-01').waitFor();
  await page.getByText('(edited)').waitFor();
  expect(await page.locator('.message-body[aria-live=off]', { hasText: 'Done: vm-sql-01' }).count()).toBe(1);
});

browserTest('a mention and its thread: the reply is below the message, and answers go there', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  await say(page, 'backup vm-sql-01');
  const { event } = await received(bench, 'event_callback');
  expect(event).toMatchObject({ type: 'app_mention', text: '<@U0KLUIS001> backup vm-sql-01' });
  await post(bench, { thread_ts: event.ts, text: 'in the thread' });
  await bench.api('reactions.add', { channel: general, timestamp: event.ts, name: 'eyes' });
  await page.getByText('👀 1').waitFor();
  await page.getByRole('button', { name: '1 reply' }).click();
  await page.getByText('in the thread').waitFor();
  await say(page, 'and now?');
  await page.getByText('and now?').waitFor();
  const asked = await eventually(
    'what was said in the thread',
    () => bench.received.find(({ raw }) => raw.includes('and now?'))?.fields as Json,
  );
  expect(asked.event).toMatchObject({ type: 'app_mention', thread_ts: event.ts });
  await say(page, '/backup x');
  await page.getByText('not supported in threads').waitFor();
});

browserTest('an ephemeral message is marked, and nobody else sees it', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  await bench.api('chat.postEphemeral', { channel: general, user: 'U0ANAVRIES', text: 'for Ana alone' });
  await page.getByText('for Ana alone').waitFor();
  await page.getByText('Only visible to you').waitFor();
  await page.getByRole('radio', { name: 'Ben Jansen' }).check();
  await page.getByText('for Ana alone').waitFor({ state: 'detached' });
});

const form = {
  type: 'modal',
  title: plain('New policy'),
  submit: plain('Create'),
  blocks: [
    { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'name' } },
    {
      type: 'input',
      block_id: 'vm',
      label: plain('VM'),
      element: { type: 'external_select', action_id: 'vm', min_query_length: 1 },
    },
    {
      type: 'input',
      block_id: 'keep',
      label: plain('Keep'),
      optional: true,
      element: { type: 'checkboxes', action_id: 'keep', options: [option('y', 'Yearly'), option('a', 'Archive')] },
    },
  ],
};

browserTest('a modal: type-ahead, boxes, an error below its input, and the end', async () => {
  let trigger = '';
  await using opened = await openPage(({ fields }) => {
    trigger = String(fields['trigger_id'] ?? trigger);
    if (fields['type'] === 'block_suggestion')
      return { body: { options: [option('vm-1', `vm-${String(fields['value'])}-01`)] } };
    const name = (fields as Json).view?.state.values.name.name.value;
    return name === 'gold'
      ? { body: { response_action: 'errors', errors: { name: 'There is one already.' } } }
      : undefined;
  });
  const { page, bench } = opened;
  await say(page, '/backup policy new');
  await eventually('a trigger', () => trigger);
  await bench.api('views.open', { trigger_id: trigger, view: form });
  const dialog = page.getByRole('dialog', { name: 'New policy' });
  await dialog.getByLabel('Name').fill('gold');
  await dialog.getByLabel('VM').fill('web');
  await dialog.getByRole('option', { name: 'vm-web-01' }).click();
  await dialog.getByLabel('Yearly').check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('There is one already.').waitFor();
  expect(await dialog.getByLabel('VM').inputValue()).toBe('vm-web-01');
  await dialog.getByLabel('Name').fill('silver');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { view } = await received(bench, 'view_submission');
  expect(view.state.values).toMatchObject({
    name: { name: { value: 'silver' } },
    vm: { vm: { selected_option: { value: 'vm-1' } } },
    keep: { keep: { selected_options: [{ value: 'y' }] } },
  });
});

browserTest('a button that asks once more is sent only by a yes', async () => {
  await using opened = await openPage(() => undefined);
  const { page, bench } = opened;
  const confirm = {
    title: plain('Cancel the backup?'),
    text: mrkdwn('It *ends*.'),
    confirm: plain('Cancel it'),
    deny: plain('Keep it'),
  };
  const cancel = { type: 'button', action_id: 'cancel', text: plain('Cancel'), style: 'danger', confirm };
  await post(bench, { blocks: [{ type: 'actions', elements: [cancel] }] });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(bench.received).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  expect((await received(bench, 'block_actions')).actions).toMatchObject([{ action_id: 'cancel' }]);
});

browserTest('the home tab asks for what it shows, and the page speaks Dutch', async () => {
  await using opened = await openPage(() => undefined, { query: '&chat=home&as=ben' });
  const { page, bench } = opened;
  expect((await received(bench, 'event_callback')).event).toMatchObject({
    type: 'app_home_opened',
    user: 'U0BENJANSN',
  });
  const blocks = [{ type: 'section', text: mrkdwn('Nothing is waiting for you.') }];
  await bench.api('views.publish', { user_id: 'U0BENJANSN', view: { type: 'home', blocks } });
  await page.getByText('Nothing is waiting for you.').waitFor();
  await page.getByRole('radio', { name: 'Nederlands' }).check();
  await page.getByText('Directe berichten').waitFor();
  const { user } = await bench.api('users.info', { user: 'U0BENJANSN', include_locale: true });
  expect(user.locale).toBe('nl-NL');
});

browserTest('on a phone nothing is wider than the screen, and names are never obeyed', async () => {
  await using opened = await openPage(() => undefined, { width: 390, scheme: 'dark' });
  const { page, bench } = opened;
  const long = 'vm-' + 'x'.repeat(120);
  const cells = [long, 'a', 'b', 'c', 'd', 'e'].map((text) => ({ type: 'raw_text', text }));
  const blocks = [
    { type: 'header', text: plain(long) },
    {
      type: 'section',
      text: mrkdwn(`<script>alert(1)</script> &lt;!channel&gt; [a](javascript:alert(1)) <javascript:alert(1)|x>`),
    },
    {
      type: 'section',
      fields: [mrkdwn(`*${long}*`), mrkdwn(long)],
      accessory: { type: 'button', text: plain('A long button text that wraps'), action_id: 'a' },
    },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: `az ${long} ${long}` }] }],
    },
    { type: 'table', rows: [cells, cells] },
  ];
  await post(bench, { blocks });
  await page.getByRole('heading', { name: long }).waitFor();
  const widest = await page.evaluate(
    `Math.max(...[...document.querySelectorAll('.log .block')].map((node) => node.getBoundingClientRect().right))`,
  );
  expect(widest).toBeLessThanOrEqual(390);
  expect(await page.locator('.log a').count()).toBe(0);
  expect(await page.locator('.log script').count()).toBe(0);
});

browserTest('the switch between the platforms keeps the reader', async () => {
  await using opened = await openPage(() => undefined, { query: '&as=chris' });
  const { page } = opened;
  await page.getByRole('link', { name: 'Teams' }).click();
  await page.locator('body[data-side="teams"] .chat').first().waitFor({ state: 'attached' });
  expect(await page.getByRole('radio', { name: 'Chris Meier' }).isChecked()).toBe(true);
  await page.getByRole('link', { name: 'Slack' }).click();
  await page.locator('body[data-side="slack"] .chat').first().waitFor({ state: 'attached' });
  expect(await page.getByRole('radio', { name: 'Chris Meier' }).isChecked()).toBe(true);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { enqueueMessage } from '../../src/store/messages.ts';
import { createRespond } from '../../src/slack/response-url.ts';
import { eventually } from '../support/eventually.ts';
import { fail } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

let bot: TestBot;
const random = (person: SlackPerson = 'ana') => new SlackChat(() => bot.url, { person, channel: 'random' });
const direct = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => random().control('reset', {}));

const answers = async () => (await random().exchanges()).filter(({ path }) => path.startsWith('/hooks/'));

describe('a slash command in a channel without the bot', () => {
  test.each([
    ['/backup status', /Protected/],
    ['/backup vm-web-01', /🔑 .*vm-web-01/u],
    ['/backup vm-app-01 vm-sql-01', /vm-sql-01/],
    ['/backup jobs failed', /vm-hr-01/],
  ])('%s is answered privately, without buttons, by one use of its URL', async (command, shown) => {
    await random().says(command);
    const answer = await random().until(shown);
    expect(answer.onlyYou).toBe(true);
    expect(buttonsOf(answer).filter((title) => !title.endsWith('↗'))).toEqual([]);
    expect(textOf(answer)).toContain('/invite @Kluis');
    expect(await random('ben').said()).toEqual([]);
    expect(await direct().said()).toEqual([]);
    expect((await answers()).map(({ status }) => status)).toEqual([200]);
  });

  test.each(['/backup now vm-app-01', '/backup cancel vm-app-01', '/backup watch', '/backup unwatch'])(
    '%s starts nothing, and says how to get there',
    async (command) => {
      const dialogs = (await bot.rows('dialog')).length;
      await random().says(command);
      const answer = await random().until('Invite Kluis first: /invite @Kluis');
      expect(answer.onlyYou).toBe(true);
      expect((await bot.rows('dialog')).length).toBe(dialogs);
      expect(await bot.rows('alert_watch')).toEqual([]);
      expect(await direct().said()).toEqual([]);
    },
  );

  test('whoever lacks the role for a command reads that instead, and alone', async () => {
    const dialogs = (await bot.rows('dialog')).length;
    await random().says('/backup policy new');
    const answer = await random().until(/can't create policies[\s\S]*administrator role/);
    expect(answer.onlyYou).toBe(true);
    expect((await bot.rows('dialog')).length).toBe(dialogs);
    expect(await direct().said()).toEqual([]);
  });

  test.each(['/backup help', '/backup stauts vm-app-01', '/backup delete vm-app-01'])(
    '%s is answered there, and not in a direct message',
    async (command) => {
      await random().says(command);
      expect((await random().until(/backup/i)).onlyYou).toBe(true);
      expect(await direct().said()).toEqual([]);
    },
  );
});

test('is answered, and so is the next one, while alerts wait for the bot to be let in again', async () => {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const asks = async (command: string) => {
    const { ts } = (await general.says(command), await general.until(command));
    return general.in(ts);
  };
  await (await asks('/backup watch')).until('Backup alerts are posted here');
  await general.control('channel', { channel: 'general', botIn: false });
  await fail(bot.azure, { 'vm-app-01': 'ErrorOfTheExile' });
  await eventually('the closed channel', async () => (await bot.rows('conversation')).some(({ blocked }) => blocked));
  await eventually('the alert', async () =>
    (await bot.rows('alert')).some(({ cause_key }) => cause_key.includes('erroroftheexile')),
  );
  await general.says('/backup jobs failed');
  expect((await general.until('vm-app-01')).onlyYou).toBe(true);
  await general.says('/backup approvals');
  expect((await general.until('Nothing is waiting for your approval')).onlyYou).toBe(true);
  await general.control('channel', { channel: 'general', botIn: true });
  await (await asks('/backup unwatch')).until('Backup alerts are no longer posted here');
  const alert = await general.until('vm-app-01 backup failed');
  expect(alert.onlyYou).toBe(false);
});

test('what another release left behind there, which this one can neither post nor answer elsewhere, is tried once', async () => {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await general.says('/backup help');
  await general.until(/backup/);
  await general.control('channel', { channel: 'general', botIn: false });
  const { db } = bot.deps.database;
  const conversationId = 'slack:T0CONTOSO1:C0GENERAL1';
  // Together: the first that is tried closes the channel.
  await db.transaction().execute(async (q) => {
    for (const more of [{}, { opening: { of: 'another release' } }]) {
      const desired = { card: null, text: 'to be posted', summary: '', mentions: [], ...more };
      await enqueueMessage(q, { id: randomUUID(), conversationId, desired });
    }
  });
  const tries = async () => {
    const posts = (await general.exchanges()).filter(({ path }) => path.endsWith('chat.postMessage'));
    return posts.filter(({ request }) => JSON.stringify(request).includes('to be posted')).length;
  };
  await eventually('the closed channel', async () =>
    (await bot.rows('conversation')).some(({ id, blocked }) => id === conversationId && blocked === true),
  );
  await eventually('a try of each', async () => (await tries()) >= 2);
  expect(await tries()).toBe(2);
});

describe('the URL that comes with a command', () => {
  test('is not used unless it leads to Slack', async () => {
    const respond = createRespond(null);
    for (const url of ['https://hooks.slack.com.evil.example/x', 'http://hooks.slack.com/x', `${bot.azure.url}/x`])
      await expect(respond(url, { text: 'x', blocks: [] })).rejects.toMatchObject({ kind: 'refused' });
  });

  test('serves five times, and then no more', async () => {
    await random().says('/backup help');
    await random().until(/backup/i);
    const commands = (await random().exchanges()).filter(({ direction }) => direction === 'to-bot');
    const url = String(commands.map(({ request }) => request['response_url']).find(Boolean));
    const respond = createRespond(url);
    for (let use = 2; use <= 5; use += 1) await respond(url, { text: 'x', blocks: [] });
    await expect(respond(url, { text: 'x', blocks: [] })).rejects.toMatchObject({ kind: 'gone' });
  });
});

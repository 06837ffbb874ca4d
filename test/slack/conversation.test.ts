import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SeenMessage, type SlackPerson } from './support/slack-client.ts';

const id = (letter: string) => `user:00000000-0000-0000-0000-0000000000${letter}1`;
const config = `
roles:
  operator: ['${id('a')}', '${id('b')}']
  viewer: ['${id('c')}']
`;
let bot: TestBot;
const chat = (person: SlackPerson, channel = 'general') => new SlackChat(() => bot.url, { person, channel });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('a slash command in a channel: one thread below a message of the bot, to the closing card and the mention', async () => {
  const ana = chat('ana');
  const asked = await ana.says('/backup vm-sql-01');
  expect(asked.bot).toMatchObject({ status: 200, body: null });
  const root = await ana.until('/backup vm-sql-01');
  expect(root.text).toMatch(/<@U0ANAVRIES>: \/backup vm-sql-01$/);
  const thread = ana.in(root.ts);
  const card = await thread.until(/vm-sql-01 (is ready|can be)/i);
  expect(buttonsOf(card)).toContain('Protect and back up now');
  const pressed = await thread.presses('Protect and back up now');
  expect(pressed.bot).toMatchObject({ status: 200 });
  const mention = await thread.until(/^<@U0ANAVRIES>: (?!\/backup)/);
  expect(mention.thread_ts).toBe(root.ts);
  const shown = await thread.said();
  expect(shown).toHaveLength(3);
  // The mention links to the card, wherever it is read.
  const permalink = `https://contoso.slack.com/archives/${mention.channel}/p${shown[1]?.ts.replace('.', '')}`;
  expect(mention.blocks).toMatchObject([
    {
      elements: [
        {
          elements: expect.arrayContaining([
            { type: 'link', url: expect.stringContaining(permalink), text: 'Open the card' },
          ]),
        },
      ],
    },
  ]);
  expect(textOf(shown[1] as SeenMessage)).toMatch(/vm-sql-01 is backed up/);
  expect(buttonsOf(shown[1] as SeenMessage)).toEqual(['Show the status']);
  expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
});

test('a policy runs at a time of day, which is no instant and is written once', async () => {
  const said = await chat('ana').says('@Kluis backup policies rsv-prod-weu');
  const card = await chat('ana')
    .in(said.ts as string)
    .until(/DefaultPolicy/);
  expect(textOf(card)).toMatch(/every day 23:00 UTC, kept 30 days/);
});

test('times on a card are instants, which Slack shows in each reader’s time zone', async () => {
  const said = await chat('ana').says('@Kluis backup vm-app-01');
  const card = await chat('ana')
    .in(said.ts as string)
    .until(/vm-app-01.*protected/);
  expect(JSON.stringify(card.blocks)).toMatch(
    /<!date\^\d{10}\^\{date_short_pretty\} \{time\}\|\d+ \w+( \d{4})? [\d:]+ \w+>/,
  );
  expect(card.text).not.toMatch(/[\ue000-\ue002]/);
});

describe('where somebody asks', () => {
  test('in a thread that people began, the card is in that thread', async () => {
    const began = await chat('ana').says('vm-plain-01 has no backup yet, has it?');
    const thread = chat('ana').in(began.ts as string);
    await thread.as('ben').says('@Kluis backup vm-plain-01');
    const card = await thread.until(/vm-plain-01 is ready/);
    expect(card.thread_ts).toBe(began.ts);
    expect(await chat('ana').said()).not.toContainEqual(expect.objectContaining({ ts: card.ts }));
  });

  test('in a channel, the card is below the mention', async () => {
    const said = await chat('ana').says('@Kluis backup vm-cmk-01');
    const card = await chat('ana')
      .in(said.ts as string)
      .until(/vm-cmk-01 is ready/);
    expect(card.thread_ts).toBe(said.ts);
  });

  test('in a direct message, with and without a slash, it is there', async () => {
    const direct = chat('ana', 'dm');
    await direct.says('backup vm-cmk-01');
    expect((await direct.until(/vm-cmk-01 is ready/)).thread_ts).toBeNull();
    await direct.presses('Cancel');
    await direct.says('/backup vm-plain-01');
    expect((await direct.until(/vm-plain-01 is ready/)).thread_ts).toBeNull();
    await direct.presses('Cancel');
  });
});

describe('a card belongs to the conversation', () => {
  test('a second person with the permission can continue; one without it is told privately and exactly', async () => {
    const said = await chat('ana').says('@Kluis backup vm-plain-01');
    const thread = chat('ana').in(said.ts as string);
    await thread.until(/vm-plain-01 is ready/);

    await thread.as('chris').presses('Protect and back up now');
    const refused = await thread.as('chris').until("You can't");
    expect(refused.onlyYou).toBe(true);
    expect(refused.text).toMatch(/You can't protect VMs.*the operator role\. Ask Ana de Vries, Ben Jansen/);
    expect(await thread.said()).toHaveLength(1);
    await thread.as('ben').presses('Protect and back up now');
    await thread.until(/^<@U0BENJANSN>: (?!\/)/);
    const operation = (await bot.rows('operation')).find((row) => row.conversation_id.endsWith(String(said.ts)));
    expect(operation?.requester).toMatchObject({ name: 'Ben Jansen' });
    const started = (await bot.rows('audit')).map(({ entry }) => entry as Record<string, unknown>);
    expect(JSON.stringify(started)).toContain('"openedBy":{"id":"00000000-0000-0000-0000-0000000000a1"');
  });
});

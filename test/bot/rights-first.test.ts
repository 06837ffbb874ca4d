import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/bot/commands/commands.ts';
import { words } from '../../src/message/words.ts';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { ButtonView, CardView } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SeenMessage } from '../slack/support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** Chris can only view. */
const config = `
people: [{ entra: '${PEOPLE.ana}', name: Ana de Vries }]
roles:
  operator: ['user:${PEOPLE.ana}']
  approver: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}', 'user:${PEOPLE.dirk}']
  admin: ['user:${PEOPLE.ana}']
  viewer: ['user:${PEOPLE.chris}']
rules: [{ operation: replace-disks, vm: vm-dup-*, approvals: 2 }]
`;

/** What is typed after each word: for what only leads to something that a viewer can't start, and for the rest. */
const leads: Readonly<Record<string, readonly string[]>> = {
  now: ['vm-app-01'],
  cancel: ['', 'vm-app-01'],
  policy: ['new', 'change', ''],
  stop: ['vm-app-01'],
  resume: ['vm-app-01'],
  undelete: ['vm-app-01'],
  restore: ['vm-app-01', 'vm-app-01 replace', 'vm-app-01 2026-01-01'],
  drill: ['vm-app-01'],
  exception: ['vm-bek-01'],
  watch: ['', 'tag:env=prod'],
  unwatch: [''],
  causes: ['1a2b3c4d'],
  unlink: ['U012AB3CD'],
};
const shows: Readonly<Record<string, readonly string[]>> = {
  'vm-web-01': [''],
  'vm-bek-01': ['', 'vm-web-01 vm-sql-01'],
  access: ['vm-web-01'],
  status: ['', 'vm-app-01'],
  jobs: ['', 'failed'],
  job: ['vm-hr-01'],
  protected: ['', 'vm-app-01'],
  forecast: [''],
  digest: [''],
  unprotected: [''],
  vaults: [''],
  policies: [''],
  approvals: [''],
  requests: [''],
  causes: [''],
  drills: [''],
  leftovers: [''],
  help: ['', 'now'],
};
const linesOf = (table: typeof leads) =>
  Object.entries(table).flatMap(([word, all]) => all.map((rest) => `backup ${word} ${rest}`.trim()));

/** What somebody is told who can't do what they press or type. */
const refused = /You can't|This needs the|Only you can|isn't linked/;
const needs = /This needs the (operator|approver|administrator) role\. Ask Ana de Vries/;

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 300 } });
  await bot.azure.failedLately();
  await eventually('the jobs of the vaults', async () =>
    (await bot.rows('job')).some(({ vm_name }) => vm_name === 'vm-hr-02'),
  );
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('the tables have every command', () => {
  const typed = new Set([...Object.keys(leads), ...Object.keys(shows)].filter((word) => !word.startsWith('vm-')));
  expect([...typed].toSorted()).toEqual(commands.map(({ word }) => word).toSorted());
});

describe('in Teams, somebody who can only view', () => {
  const own = () => bot.as('chris');

  test.each(linesOf(leads))(
    '%s: is told at once what they lack and whom to ask, alone and in a channel',
    async (line) => {
      const dialogs = (await bot.rows('dialog')).length;
      const inChannel = await bot.asks('chris', line);
      for (const card of [await own().asks(line), await inChannel.card()])
        expect([card.text, card.inputs, card.titles]).toEqual([expect.stringMatching(needs), {}, []]);
      expect((await bot.rows('dialog')).length).toBe(dialogs);
    },
  );

  test.each(linesOf(shows))('%s: no button of the answer refuses them in their own chat', async (line) => {
    const chat = own();
    const card = await chat.asks(line);
    expect(card.title).not.toMatch(refused);
    const on = await chat.newest();
    for (const button of kinds(card.buttons)) {
      const told = await press(chat, button, on);
      expect([button.title, told]).toEqual([button.title, expect.not.stringMatching(refused)]);
    }
  });

  test.each(['backup restore vm-app-01', 'backup restore rg-app/vm-dup-01 replace', 'backup stop vm-app-01'])(
    '%s: with the role for another VM, is told on the first card about this one, without a form',
    async (line) => {
      const to = { kind: 'user', id: PEOPLE.chris } as const;
      const given = (['operator', 'approver'] as const).map((role) => ({ role, to, where: { vm: 'vm-sql-01' } }));
      bot.roles.push(...given);
      const card = await own().asks(line);
      bot.roles.splice(-given.length);
      expect([card.text, card.inputs]).toEqual([expect.stringMatching(needs), {}]);
      expect(card.titles.join()).not.toMatch(/Continue|Replace|Stop/);
    },
  );

  test('where several read it, nobody who can’t goes on with a restore that somebody else began', async () => {
    const ana = await bot.asks('ana', 'backup restore vm-app-01');
    const before = (await ana.newest()).revision;
    const { text } = await ana.as('chris').clicks(say('button.continue'));
    expect(text).toMatch(needs);
    expect((await ana.newest()).revision).toBe(before);
    await ana.clicks(say('button.cancel'));
    expect((await ana.as('chris').clicks(say('button.reopen'))).text).toMatch(needs);
  });
});

/** One button of each kind: each row of a list has the same. */
function kinds(buttons: readonly ButtonView[]): readonly ButtonView[] {
  const kindOf = ({ verb, data, title }: ButtonView) =>
    `${verb} ${String(data['command'] ?? title)
      .split(' ')
      .slice(0, 2)
      .join(' ')}`;
  return [...new Map(buttons.map((one) => [kindOf(one), one])).values()];
}

/** What somebody sees after a press: the answer to it, or the newest card. */
async function press(chat: BotChat, { verb, data }: ButtonView, on: Awaited<ReturnType<BotChat['newest']>>) {
  const before = (await chat.cards()).length;
  const { text, card } = await chat.sends({ verb, data, on });
  // A command is answered by a card of its own.
  if (text || card) return text || shownOn(card!);
  await chat.until('an answer', async () => (await chat.cards()).length > before);
  return shownOn(await chat.untilLooked());
}

const shownOn = ({ title, titles }: CardView) => [title, ...titles].join('\n');

describe('in Slack, somebody who can only view', () => {
  const own = () => new SlackChat(() => bot.url, { person: 'chris', channel: 'dm' });
  const inputs = ({ blocks }: SeenMessage) =>
    /"type":"(input|static_select|external_select|plain_text_input|datepicker)"/.test(JSON.stringify(blocks));

  /** The answer to what is typed, once it is no longer about to look. */
  async function asks(line: string): Promise<SeenMessage> {
    const before = new Set((await own().said()).map(({ ts }) => ts));
    await own().says(line);
    return eventually(`an answer to ${line}`, async () =>
      (await own().said()).findLast(
        (one) => !before.has(one.ts) && one.blocks.length > 0 && !textOf(one).includes('⏳'),
      ),
    );
  }

  test.each(linesOf(leads))('%s: is told at once what they lack and whom to ask', async (line) => {
    const answer = await asks(line);
    expect([textOf(answer), inputs(answer), buttonsOf(answer)]).toEqual([expect.stringMatching(needs), false, []]);
  });

  test('a slash command in a channel opens no thread for a refusal', async () => {
    const general = new SlackChat(() => bot.url, { person: 'chris', channel: 'general' });
    const before = (await general.said()).length;
    await general.says('/backup stop vm-app-01');
    const told = await general.until(needs);
    expect([told.onlyYou, (await general.said()).length]).toEqual([true, before + 1]);
  });

  test('the app’s page offers a check and no restore', async () => {
    const home = await own().opensHome();
    expect(buttonsOf(home)).toContain(say('home.status'));
    expect(buttonsOf(home)).not.toContain(say('button.restore'));
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { link } from '../../src/store/person-links.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
const config = `
people:
  - { entra: ${ids.ana}, slack: U0ANAVRIES }
  - { entra: ${ids.chris}, slack: U0CHRISMEI }
  # An account that he doesn't use: he is linked by his own sign-in.
  - { entra: ${ids.ben}, slack: U0BENOLDER }
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
  admin: ['user:${ids.ana}']
rules: [{ operation: protect, approvals: 2 }]
`;
const member = { team: 'T0CONTOSO1', platformId: 'U0BENJANSN' };
const name = 'T0CONTOSO1/U0BENJANSN';
let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
});
beforeEach(async () => {
  await bot.database.db.deleteFrom('person_link').execute();
  await link(bot.database.db, member, ids.ben);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

async function inThread(): Promise<SlackChat> {
  const said = await general().says('@Kluis backup help');
  return general().in(said.ts as string);
}

/** What somebody is told who types it, for them alone. */
async function answerTo(chat: SlackChat, text: string): Promise<string> {
  const before = (await chat.said()).length;
  await chat.says(`@Kluis backup ${text}`);
  const answer = async () => (await chat.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually('an answer to them alone', answer));
}
const links = () => bot.rows('person_link');
const unlinked = async () =>
  (await bot.rows('audit')).flatMap(({ entry }) => ((entry as { what: string }).what === 'unlinked' ? [entry] : []));

test('an administrator unlinks a member of Slack, whose vote counts no more and who may nothing, until they sign in', async () => {
  const said = await general().says('@Kluis backup vm-plain-01');
  const thread = general().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('Approve');
  const votes = async () => (await bot.rows('approval_request'))[0]?.votes as { person: string }[];
  await thread.as('ben').presses('Approve');
  await eventually('the vote', async () => (await votes()).length === 1);

  expect(await answerTo(thread, `unlink ${member.platformId.toLowerCase()}`)).toContain(
    say('unlink.done', { member: name }),
  );
  expect(await unlinked()).toMatchObject([{ requester: { id: ids.ana }, member: member.platformId, entra: ids.ben }]);
  await thread.as('chris').presses('Approve');
  await eventually('only the other vote', async () => {
    const [first, ...more] = await votes();
    return more.length === 0 && first?.person === ids.chris;
  });
  expect((await bot.rows('approval_request'))[0]).toMatchObject({ state: 'pending' });
  await thread.as('ben').presses('Approve');
  await thread.as('ben').until(say('refusal.not-linked').slice(0, 20));
  expect(await votes()).toHaveLength(1);
  expect(await bot.rows('operation')).toEqual([]);
  expect(await bot.azure.writes()).toEqual([]);

  expect(await answerTo(thread, `unlink ${name}`)).toContain(say('unlink.nobody', { member: name }));
  expect(await unlinked()).toHaveLength(1);
  await link(bot.database.db, member, ids.ben);
  await thread.as('ben').presses('Approve');
  await eventually('the start', async () => (await bot.rows('operation')).length === 1);
});

test('also by the Entra object ID, from Teams', async () => {
  const ana = bot.as('ana');
  await ana.says(`backup unlink ${ids.ben.toUpperCase()}`);
  await ana.untilTitle(say('unlink.done', { member: name }));
  expect(await links()).toMatchObject([{ platform_id: member.platformId, entra: null }]);
});

test.each(['unlink constructor', 'unlink', 'unlink U', 'unlink T1/U0BENJANSN;'])(
  '`backup %s` asks whom, and changes nothing',
  async (text) => {
    expect(await answerTo(await inThread(), text)).toContain(say('unlink.whom'));
    expect(await links()).toMatchObject([{ entra: ids.ben }]);
  },
);

test('nobody else unlinks anybody, and whom kluis.yaml links is unlinked there', async () => {
  const before = await unlinked();
  const thread = await inThread();
  const chris = thread.as('chris');
  expect(await answerTo(chris, `unlink ${name}`)).toContain(say('refused.may-not', { what: say('may.unlink') }));
  expect(await answerTo(thread, 'unlink U0CHRISMEI')).toContain(
    say('unlink.by-file', { member: 'T0CONTOSO1/U0CHRISMEI' }),
  );
  await answerTo(thread, 'unlink T0OTHER/U0BENJANSN');
  expect(await links()).toContainEqual(expect.objectContaining({ team: 'T0CONTOSO1', entra: ids.ben }));
  expect((await unlinked()).slice(before.length).map((entry) => (entry as { team: string }).team)).toEqual(['T0OTHER']);
});

test('nothing more is asked in the chat of a member who is unlinked', async () => {
  const direct = new SlackChat(() => bot.url, { person: 'ben', channel: 'dm' });
  const chat = async () => (await bot.rows('conversation')).find(({ id }) => id === 'slack:T0CONTOSO1:D0BENJANSN');
  await direct.says('backup help');
  await eventually('the chat to be his', async () => (await chat())?.person === ids.ben);
  await answerTo(await inThread(), `unlink ${name}`);
  expect(await chat()).toMatchObject({ person: null });
  // It isn't his again by being written in.
  await direct.says('backup help');
  await direct.until('Kluis');
  expect(await chat()).toMatchObject({ person: null });

  const named = [{ approvers: [`user:${ids.ben}`], fallback: [] }];
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, named };
  bot.rules.splice(0, bot.rules.length, { operation: 'protect', match: {}, verdict: { deny: false, approval } });
  const thread = general().in((await general().says('@Kluis backup vm-off-01')).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  const { copies } = (await bot.rows('approval_request')).at(-1)!;
  expect(copies).toEqual([]);
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  expect((await direct.said()).map(textOf).join()).not.toContain('vm-off-01');
});

test('who is no longer linked in the chat that was theirs takes it from nobody else', async () => {
  const direct = new SlackChat(() => bot.url, { person: 'ben', channel: 'dm' });
  const chat = async () => (await bot.rows('conversation')).find(({ id }) => id === 'slack:T0CONTOSO1:D0BENJANSN');
  await direct.says('backup help');
  await eventually('the chat to be his', async () => (await chat())?.person === ids.ben);
  // However the link ended, such as in kluis.yaml.
  await bot.database.db.deleteFrom('person_link').execute();
  await direct.says('backup help');
  await eventually('the chat to be nobody’s', async () => (await chat())?.person === null);
});

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { link } from '../../src/store/person-links.ts';
import { unlink } from '../support/unlink.ts';
import { copyInTeams } from '../support/copy-in-teams.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
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
  - { entra: ${ids.ana}, slack: U0ANAVRIES, name: Ana de Vries }
  - { entra: ${ids.ben}, slack: U0BENJANSN, name: Ben Jansen }
  - { entra: ${ids.chris}, name: Chris Meier }
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
  admin: ['user:${ids.chris}']
rules: [{ operation: protect, approvals: 1 }]
breakGlass: { group: ['user:${ids.chris}'] }
channels:
  - { id: '19:general@thread.tacv2', approvers: true }
`;
const dirk = { team: 'T0CONTOSO1', platformId: 'U0DIRKADMN' };
const isDirk = (entra: string) => link(bot.database.db, dirk, entra);
let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  await bot.asks('ben', 'backup vaults');
});
afterEach(async () => {
  for (const { id, state } of await bot.rows('approval_request'))
    if (state === 'pending' || state === 'approved')
      await bot.database.db.updateTable('approval_request').set({ state: 'withdrawn' }).where('id', '=', id).execute();
  await bot.database.db.deleteFrom('person_link').execute();
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Dirk, in Slack, opens the card of a VM; Ana requests its protection on it. */
async function dirkOpensAndAnaAsks(vm: string, stands = '0 of 1'): Promise<SlackChat> {
  const admin = general().as('admin');
  const thread = general().in((await admin.says(`@Kluis backup ${vm}`)).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until(`${stands} · until`);
  return thread;
}
const request = async () => (await bot.rows('approval_request')).at(-1)!;
const answerTo = async (thread: SlackChat, press: () => Promise<unknown>) => {
  const before = (await thread.said()).length;
  await press();
  const answer = async () => (await thread.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually('an answer to them alone', answer));
};

test('who opened a plan while linked to nobody decides on it neither in Slack nor in Teams once they are linked', async () => {
  const thread = await dirkOpensAndAnaAsks('vm-plain-01');
  const chris = await copyInTeams(bot, 'chris');
  await chris.untilWaits('0 of 1');
  await isDirk(ids.chris);
  const admin = thread.as('admin');
  expect(await answerTo(admin, () => admin.presses('Approve'))).toContain(say('refusal.changed-it'));
  expect((await chris.clicks('Approve')).text).toBe(say('refusal.changed-it'));
  expect(await request()).toMatchObject({ state: 'pending', votes: [] });
  expect(await bot.rows('operation')).toEqual([]);
  // As anybody else they still don't, since it was this member who opened it.
  await bot.database.db.deleteFrom('person_link').execute();
  expect((await chris.as('ben').clicks('Approve')).text).not.toBe(say('refusal.changed-it'));
  await thread.until('vm-plain-01 is protected');
});

test('who is linked only after the vote: it doesn’t count at the start', async () => {
  const [rule] = bot.rules;
  const approval = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.splice(0, 1, { ...rule!, verdict: { deny: false, approval } });
  const thread = await dirkOpensAndAnaAsks('vm-off-01', '0 of 2');
  const chris = await copyInTeams(bot, 'chris');
  await chris.untilWaits('0 of 2');
  await chris.clicks('Approve');
  await thread.until('1 of 2 · until');
  await isDirk(ids.chris);
  await thread.as('ben').presses('Approve');
  await eventually('the vote to be dropped', async () => {
    const { state, votes } = await request();
    return state === 'pending' && (votes as { person: string }[]).map(({ person }) => person).join() === ids.ben;
  });
  expect(await bot.azure.writes(/vm-off-01/)).toEqual([]);
  bot.rules.splice(0, 1, rule!);
});

test('a vote of a member who was unlinked before the start doesn’t count, nor does what they asked for start', async () => {
  const [rule] = bot.rules;
  const approval = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.splice(0, 1, { ...rule!, verdict: { deny: false, approval } });
  await isDirk(ids.chris);
  const said = await general().says('@Kluis backup vm-cmk-01');
  const thread = general().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 2 · until');
  await thread.as('admin').presses('Approve');
  await thread.until('1 of 2 · until');
  await unlink(bot.database.db, dirk);
  await thread.as('ben').presses('Approve');
  await eventually('the vote to be dropped', async () => {
    const { state, votes } = await request();
    return state === 'pending' && (votes as { person: string }[]).map(({ person }) => person).join() === ids.ben;
  });
  expect(await bot.azure.writes(/vm-cmk-01/)).toEqual([]);
  bot.rules.splice(0, 1, rule!);
});

test('who changed the answers in between doesn’t decide either; who only had it checked again does', async () => {
  const chat = await bot.asks('ana', 'backup vm-sql-01');
  const [ben, chris] = [chat.as('ben'), chat.as('chris')];
  await ben.clicks(say('button.choose-disks'));
  await chat.untilTitle(/disks/i);
  await ben.clicks(say('button.back'));
  await chris.checksAgain();
  await chat.untilButton(say('button.ask-approval-to', { what: 'Protect only' }));
  await chat.clicks(say('button.ask-approval-to', { what: 'Protect only' }));
  await chat.untilWaits('0 of 1');
  expect((await chat.card()).text).toContain('Can approve: Chris Meier.');
  expect((await ben.clicks('Approve')).text).toBe(say('refusal.changed-it'));
  await chris.clicks('Approve');
  await chat.untilTitle(/vm-sql-01 is protected/);
});

/** Somebody in Teams requests the protection that a card offers; Chris isn't among those who can approve it. */
async function asksWithoutChris(chat: BotChat): Promise<void> {
  const asked = (await bot.rows('approval_request')).length;
  await chat.clicks(say('button.ask-approval-to', { what: 'Protect only' }));
  await chat.until('the request', async () => (await bot.rows('approval_request')).length > asked);
  const { card } = await chat.messageWith(say('button.approve'));
  expect(viewOf(card!).text).toContain('Can approve: Ben Jansen.');
  expect((await chat.as('chris').clicks(say('button.approve'))).text).toBe(say('refusal.changed-it'));
  expect(await request()).toMatchObject({ state: 'pending', votes: [] });
}

test('who opened a card that somebody else reopened doesn’t decide, for its answers are theirs', async () => {
  const chris = await bot.asks('chris', 'backup vm-off-01');
  await chris.untilButton(say('button.choose-disks'));
  await chris.clicks(say('button.cancel'));
  const ana = chris.as('ana');
  await ana.clicks(say('button.reopen'));
  await ana.untilButton(say('button.choose-disks'));
  await asksWithoutChris(ana);
});

test('who created the policy that a card came back with doesn’t decide, for they chose it', async () => {
  const ana = await bot.asks('ana', 'backup vm-cmk-01');
  await ana.untilLooked();
  const chris = ana.as('chris');
  await chris.checksAgain();
  const offered = async () =>
    (await chris.cards()).map(({ card }) => JSON.stringify(card)).find((one) => one.includes('new-policy'));
  await chris.until('a new policy to be offered', offered);
  await chris.clicks(say('button.ask-approval-to', { what: 'Protect only' }), { policy: 'new-policy' });
  await chris.untilTitle(/A new policy in/);
  await fillsInPolicy(chris, { name: 'night-46', kind: 'Enhanced', often: 'daily', daily: '46' });
  await chris.untilTitle(/Create policy night-46/);
  await chris.clicks('Create this policy');
  await ana.until('the policy on the card', async () => {
    const cards = (await ana.cards()).map(({ card }) => JSON.stringify(card));
    return cards.some((one) => /policies\/night-46/i.test(one) && one.includes('Protect only')) || null;
  });
  await asksWithoutChris(ana);
});

test('who broke the glass as a member of Slack doesn’t review it as whom that member is linked to since', async () => {
  await isDirk(ids.chris);
  const said = await general().says('@Kluis backup vm-off-01');
  const thread = general().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  const ben = await copyInTeams(bot, 'ben');
  const admin = thread.as('admin');
  await admin.presses(say('button.break-glass'));
  await admin.until(say('glass.title', { vm: 'vm-off-01' }));
  await admin.opensForm();
  expect((await admin.submits({ vm: 'vm-off-01', reason: 'the disk is dying' })).shown).toBe('closed');
  await thread.until('vm-off-01 is protected');
  await isDirk(ids.ben);
  expect((await ben.clicks(say('glass.review'))).text).toBe(say('refusal.own-break-glass'));
  expect(await request()).toMatchObject({ glass: { person: ids.chris, review: null } });
  await bot.database.db.deleteFrom('person_link').execute();
  await ben.clicks(say('glass.review'));
  await thread.until('Reviewed by Ben');
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { account, asksAnew } from '../support/account.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const open = say('button.break-glass');
const go = say('glass.go');
const review = say('glass.review');
/** Two approvers, who may both break the glass. */
const config = `
roles:
  operator: [everyone]
  approver: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}']
rules: [{ operation: protect, approvals: 1 }, { operation: allow-vm-without-kek, approvals: 1 }]
breakGlass: { group: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}'], perMonth: 20 }
`;

let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 7);
});
afterEach(() => {
  bot.failpoint = () => {};
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const requestOf = async (vm: string) =>
  (await bot.rows('approval_request')).find(({ plan }) => (plan as { vms: { name: string }[] }).vms[0]?.name === vm)!;
const glasses = async () => (await bot.rows('break_glass')).length;
const title = say('button.ask-approval-to', { what: 'Protect only' });

/** Ana requests a protection in a thread of Teams, which waits. */
async function askedInTeams(vm: string): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks(title);
  await chat.untilWaits('0 of 1');
  return chat;
}

/** The same in Slack. */
async function askedInSlack(vm: string): Promise<SlackChat> {
  const channel = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const thread = channel.in((await channel.says(`@Kluis backup ${vm}`)).ts as string);
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  return thread;
}

/** What somebody is told privately after this press in Slack. */
async function answerTo(thread: SlackChat, button: string): Promise<string> {
  const before = (await thread.said()).length;
  await thread.presses(button);
  const answer = async () => (await thread.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually(`an answer to ${button}`, answer));
}

describe('of two approvers one asks, and the other would break the glass', () => {
  test('nobody could close the review, so the glass isn’t broken: in Teams', async () => {
    const vm = vms.pop()!;
    const chat = await askedInTeams(vm);
    expect((await chat.as('ben').clicks(open)).text).toBe(say('refusal.no-reviewer'));
    const { id, digest } = await requestOf(vm);
    const forged = { verb: 'break-glass', data: { request: id, digest }, inputs: { vm, reason: 'now' } };
    expect((await chat.as('ben').sends(forged)).text).toBe(say('refusal.no-reviewer'));
    expect([await glasses(), (await requestOf(vm)).glass]).toEqual([0, null]);
    expect(await bot.azure.writes()).toEqual([]);
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(`${vm} is protected`);
  });

  test('in Slack as well', async () => {
    const vm = vms.pop()!;
    const thread = await askedInSlack(vm);
    expect(await answerTo(thread.as('ben'), open)).toContain(say('refusal.no-reviewer'));
    expect([await glasses(), (await requestOf(vm)).glass]).toEqual([0, null]);
    await thread.presses(say('button.withdraw'));
    await thread.until('request withdrawn');
  });

  test('an administrator who is neither closes it: in Teams and in Slack', async () => {
    bot.roles.push({ role: 'admin', to: { kind: 'user', id: PEOPLE.chris }, where: {} });
    const [one, two] = [vms.pop()!, vms.pop()!];
    const chat = await askedInTeams(one);
    await chat.as('ben').clicks(open);
    await chat.untilButton(go);
    await chat.as('ben').clicks(go, { vm: one, reason: 'now' });
    await chat.until('its end', async () => (await requestOf(one)).operation_id);
    await chat.untilButton(review);
    for (const [who, why] of [
      ['ana', 'own-review'],
      ['ben', 'own-break-glass'],
    ] as const)
      expect((await chat.as(who).clicks(review)).text).toBe(say(`refusal.${why}`));
    await bot.as('chris').asks('backup approvals');
    expect((await bot.as('chris').card()).text).toContain(one);
    await chat.as('chris').clicks(review);
    await chat.untilTitle(say('glass.closed', { vm: one }));
    expect((await requestOf(one)).glass).toMatchObject({ review: { person: PEOPLE.chris } });

    const thread = await askedInSlack(two);
    const ben = thread.as('ben');
    await ben.presses(open);
    await thread.until(say('glass.title', { vm: two }));
    await ben.opensForm();
    expect((await ben.submits({ vm: two, reason: 'now' })).shown).toBe('closed');
    await thread.until(say('glass.to-review', { vm: two }));
    expect(await answerTo(ben, review)).toContain(say('refusal.own-break-glass'));
    await thread.as('chris').presses(review);
    await thread.until(say('glass.closed', { vm: two }));
    expect((await requestOf(two)).glass).toMatchObject({ review: { person: PEOPLE.chris } });
    bot.roles.pop();
  });
});

test('whoever could close the review has to have an account then: Entra is asked at the press', async () => {
  bot.roles.push({ role: 'approver', to: { kind: 'user', id: PEOPLE.chris }, where: {} });
  const chat = await askedInTeams(vms.pop()!);
  const { directory } = await bot.azure.state('directory');
  const ben = chat.as('ben');
  // Each time what Kluis was told of them before is another thing.
  for (const is of ['disabled', 'enabled'] as const) {
    await asksAnew(bot, PEOPLE.chris);
    const people = directory.people.map((one) =>
      one.id === PEOPLE.chris && is === 'disabled' ? { ...one, disabled: true as const } : one,
    );
    await bot.azure.change({ directory: { ...directory, people } });
    const { text } = await ben.clicks(open);
    expect([is, text]).toEqual([is, say(is === 'disabled' ? 'refusal.no-reviewer' : 'glass.open')]);
  }
  await chat.clicks(say('button.withdraw'));
  await chat.untilTitle('request withdrawn');
  bot.roles.pop();
  for (const id of Object.values(PEOPLE)) await asksAnew(bot, id);
});

test('who broke the glass and is a guest of the tenant by the time it starts: it waits for approvals', async () => {
  bot.roles.push({ role: 'approver', to: { kind: 'user', id: PEOPLE.chris }, where: {} });
  const vm = vms.pop()!;
  const chat = await askedInTeams(vm);
  const { directory } = await bot.azure.state('directory');
  await chat.as('ben').clicks(open);
  await chat.untilButton(go);
  // It counted when he pressed; nothing can have begun to start before that is stored.
  bot.failpoint = async (failpoint) => {
    if (failpoint !== 'turn:before-commit') return;
    bot.failpoint = () => {};
    await account(bot, PEOPLE.ben, 'guest');
  };
  await chat.as('ben').clicks(go, { vm, reason: 'now' });
  await chat.until('the wait', async () => (await requestOf(vm)).state === 'pending');
  expect(await requestOf(vm)).toMatchObject({ glass: null, operation_id: null });
  expect(await bot.azure.writes(new RegExp(vm))).toEqual([]);
  await bot.azure.change({ directory });
  await asksAnew(bot, PEOPLE.ben);
  await chat.as('chris').clicks(say('button.approve'));
  await chat.until('its start', async () => (await requestOf(vm)).operation_id);
  bot.roles.pop();
});

test('no break-glass starts an exception to the rule on the KEK, which lasts for months: in neither chat', async () => {
  const vm = 'vm-bek-01';
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const chat = await bot.asks('ana', `backup exception ${vm}`);
  await chat.untilTitle(say('exception.title', { vm }));
  await chat.clicks(say('button.ask-approval'), { reason: 'until the migration', until });
  await chat.untilWaits('0 of 1');
  expect((await chat.card()).titles).not.toContain(open);
  const { id, digest } = await requestOf(vm);
  const used = await glasses();
  for (const verb of ['open-break-glass', 'break-glass'])
    for (const who of ['ana', 'ben'] as const) {
      const forged = { verb, data: { request: id, digest }, inputs: { vm, reason: 'now' } };
      expect((await chat.as(who).sends(forged)).text).toMatch(/\S/);
    }
  const thread = new SlackChat(() => bot.url, { person: 'ben', channel: 'general' });
  const asked = thread.in((await thread.says(`@Kluis backup approvals ${vm}`)).ts as string);
  const card = await asked.until('0 of 1 · until');
  expect(textOf(card)).not.toContain(open);
  expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
  expect([await glasses(), await bot.rows('kek_exception')]).toEqual([used, []]);
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ApprovalTerms } from '../../src/core/approval-terms.ts';
import { words } from '../../src/message/words.ts';
import { account, asksAnew } from '../support/account.ts';
import { eventually } from '../support/eventually.ts';
import { holdLookups } from '../support/hold-lookups.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
rules: [{ operation: protect, approvals: 1 }]
`;
const title = say('button.ask-approval-to', { what: 'Protect only' });
const [ben, chris] = [`user:${ids.ben}`, `user:${ids.chris}`];
let bot: TestBot;
let vms: string[];
let vm: string;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
});
beforeEach(async () => {
  vms ??= await addMachines(bot.azure, 14);
  vm = vms.pop()!;
});
let directory: Awaited<ReturnType<typeof bot.azure.state<'directory'>>>['directory'];
let roles: typeof bot.roles;
beforeAll(async () => {
  ({ directory } = await bot.azure.state('directory'));
  roles = [...bot.roles];
});
afterEach(async () => {
  bot.failpoint = () => {};
  await bot.azure.mend();
  await bot.azure.change({ directory });
  bot.roles.splice(0, bot.roles.length, ...roles);
  for (const id of Object.values(ids)) await asksAnew(bot, id);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const general = (person: SlackPerson = 'ana') => new SlackChat(() => bot.url, { person, channel: 'general' });
const direct = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'dm' });
const read = async (person: SlackPerson) => (await direct(person).said()).map(textOf).join('\n');
const request = async () => (await bot.rows('approval_request')).at(-1)!;
/** The card in somebody's chat as it is to look, before it is sent, too. */
const cardOf = async (person: string) => {
  const copies = (await request()).copies as { readonly person?: string; readonly message: string }[];
  const messages = copies.filter((one) => one.person === person).map(({ message }) => message);
  return (await bot.rows('message')).filter(({ id }) => messages.includes(id)).map(({ wanted }) => wanted);
};
const isWaiting = (approved = 0) => new RegExp(`${vm}[^]*${approved} of`);
/** Half of its time is over, or it is reminded of sooner. */
const isDue = (minutes = 0) =>
  sql`update approval_request set created_at = created_at - ${minutes} * interval '1 minute',
    ends_at = ends_at - ${minutes} * interval '1 minute', remind_at = now() where state = 'pending'`.execute(
    bot.database.db,
  );
const ruled = (more: Partial<ApprovalTerms>) => {
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, ...more };
  bot.rules.splice(0, bot.rules.length, { operation: 'protect', match: {}, verdict: { deny: false, approval } });
};

/** Ana asks in the channel; `first`: what happens once her plan is ready. */
async function asked(first: () => unknown = () => null): Promise<SlackChat> {
  const thread = general().in((await general().says(`@Kluis backup ${vm}`)).ts as string);
  await thread.until(title);
  await first();
  await thread.presses(title);
  await thread.until('0 of ');
  return thread;
}

/** Somebody's account is disabled in Entra, and Kluis hasn't asked about them since. */
async function isDisabled(id: string): Promise<void> {
  await asksAnew(bot, id);
  const people = directory.people.map((one) => (one.id === id ? { ...one, disabled: true as const } : one));
  await bot.azure.change({ directory: { ...directory, people } });
}

/** The account is in use again, and Kluis hasn't asked about them since. */
async function isBack(id: string): Promise<void> {
  await asksAnew(bot, id);
  await bot.azure.change({ directory });
}

async function ended(thread: SlackChat): Promise<void> {
  await thread.presses(say('button.withdraw'));
  await thread.until('request withdrawn');
}

describe('nobody who is named has an account', () => {
  test('the card says that nobody can approve, and what can be done; who is back is asked at the reminder', async () => {
    ruled({ named: [{ approvers: [ben], fallback: [] }] });
    await account(bot, ids.ben, 'disabled');
    const thread = await asked();
    const card = textOf(await thread.until(say('request.deciders-nobody')));
    expect(card).toContain(say('request.until-named'));
    expect(card).not.toContain(say('request.deciders-any'));
    expect(card).not.toContain('Nobody has been notified');
    await isBack(ids.ben);
    await isDue();
    await direct('ben').until(isWaiting());
    expect(textOf(await thread.until('Can approve: Ben Jansen'))).not.toContain(say('request.deciders-nobody'));
    await ended(thread);
  });

  test('it says from when on others stand in, and those are asked then', async () => {
    ruled({ named: [{ approvers: [ben], fallback: [chris] }] });
    await account(bot, ids.ben, 'disabled');
    const thread = await asked();
    expect(textOf(await thread.until(say('request.deciders-nobody')))).toMatch(/From [^.]* on, those who stand in/);
    await isDue(31);
    await direct('chris').until(isWaiting());
    await thread.until('Can approve: Chris Meier');
    await ended(thread);
  });
});

test('while somebody else’s question about them is under way, they aren’t asked before it is answered', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  const before = await read('ben');
  const thread = await asked(async () => {
    await isDisabled(ids.ben);
    await bot.azure.fault({ match: { method: 'GET', path: `/v1\\.0/users/${ids.ben}` }, latencyMs: 4000 });
    // His own command is answered once Entra has said who he is.
    void direct('ben').says('backup approvals');
    await sleep(500);
  });
  await direct('chris').until(isWaiting());
  expect((await request()).copies).toMatchObject([{ person: ids.chris }]);
  expect(await read('ben')).not.toMatch(isWaiting());
  expect(before).not.toMatch(isWaiting());
  await ended(thread);
});

test('who was asked, and whom no role names any more, gets no reminder without an account either', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  const thread = await asked();
  await direct('ben').until(isWaiting());
  const before = await read('ben');
  const held = bot.roles.findIndex(({ to }) => to.kind === 'user' && to.id === ids.ben);
  bot.roles.splice(held, 1);
  await isDisabled(ids.ben);
  await isDue();
  await direct('chris').until(`${vm} is still waiting for approval`);
  await ended(thread);
  await direct('chris').until(`${vm}: request withdrawn`);
  expect(await read('ben')).toBe(before);
});

test('whose chat could only be opened later isn’t asked if the account has been disabled by then', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  await sql`update conversation set person = null where kind = 'personal'`.execute(bot.database.db);
  await direct('ana').control('faults', { method: '^conversations.open$', status: 503 });
  const before = await read('ben');
  const thread = await asked();
  const isLater = async () => Number((await request()).reach_at) > Date.now() + 30_000;
  await eventually('Slack to be asked in vain', isLater);
  await isDisabled(ids.ben);
  await fetch(`${bot.url}/_slack/faults`, { method: 'DELETE' });
  await sql`update approval_request set reach_at = now() where state = 'pending'`.execute(bot.database.db);
  await direct('chris').until(isWaiting());
  await eventually('nobody to be left', async () => ((await request()).unreached as unknown[]).length === 0);
  expect((await request()).copies).toMatchObject([{ person: ids.chris }]);
  expect(await read('ben')).toBe(before);
  await ended(thread);
});

test('a vote shows nothing to those who have left since, nor names them; who is back is named again', async () => {
  ruled({ approvals: 2, named: [{ approvers: [ben, chris], fallback: [], approvals: 2 }] });
  const thread = await asked();
  await direct('ben').until(isWaiting());
  await direct('chris').until(isWaiting());
  const before = await read('ben');
  await isDisabled(ids.ben);
  await direct('chris').presses(say('button.approve'));
  await thread.until('1 of 2');
  await thread.until(say('request.deciders-nobody'));
  expect(await read('ben')).toBe(before);
  await isBack(ids.ben);
  await isDue();
  await thread.until('Can approve: Ben Jansen');
  await ended(thread);
});

/** Somebody else has protected the VM meanwhile, without having to ask. */
async function isProtected(): Promise<void> {
  const all = bot.rules.splice(0, bot.rules.length);
  const other = await bot.asks('ana', `backup ${vm}`);
  await other.clicks('Protect only');
  await other.untilTitle(new RegExp(`${vm} is protected`));
  bot.rules.push(...all);
}

test('nor is whom Slack delivered nothing to named on its cards once they have left', async () => {
  ruled({ approvals: 2, named: [{ approvers: [ben, chris], fallback: [], approvals: 2 }] });
  await sql`update conversation set person = null where person = ${ids.ben}`.execute(bot.database.db);
  await direct('ana').control('faults', { method: '^conversations.open$', error: 'user_disabled' });
  const thread = await asked();
  await thread.until(say('request.unreached', { who: 'Ben Jansen', because: 'refused' }));
  await isDisabled(ids.ben);
  await direct('chris').presses(say('button.approve'));
  expect(textOf(await thread.until('1 of 2'))).not.toContain('Ben Jansen');
  await ended(thread);
});

test.each([
  ['started', 'approved and started'],
  ['refused', 'approved, but refused at its start'],
  ['replaced', 'request out of date, nothing started'],
] as const)('that it is %s after the vote is shown to nobody who has left since', async (is, shown) => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  const thread = await asked();
  await direct('ben').until(isWaiting());
  if (is === 'replaced') await isProtected();
  const nextReading = holdLookups(bot, 'reading');
  await direct('chris').presses(say('button.approve'));
  const letGo = await nextReading();
  await direct('ben').until(`${vm}: approved`);
  const before = await cardOf(ids.ben);
  expect(before).toHaveLength(1);
  await isDisabled(ids.ben);
  if (is === 'refused') bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: true } });
  letGo();
  await direct('chris').until(`${vm}: ${shown}`);
  if (is === 'started') await thread.until(`${vm} is protected`);
  expect(await cardOf(ids.ben)).toEqual(before);
});

test('a guest of the tenant, who can decide nothing, is neither asked nor named, and has no button', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }], quiet: [ben] });
  await account(bot, ids.ben, 'guest');
  const thread = await asked();
  expect(textOf(await thread.until('Can approve: Chris Meier.'))).not.toContain('Ben Jansen');
  const told = await direct('ben').until(isWaiting());
  expect(buttonsOf(told)).toEqual([]);
  expect(textOf(told)).toContain('For your information');
  await direct('ben').says(`backup approvals ${vm}`);
  const own = await direct('ben').until(isWaiting());
  expect(buttonsOf(own)).not.toContain(say('button.approve'));
  await ended(thread);
});

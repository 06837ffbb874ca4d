import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { ApprovalTerms } from '../../src/core/approval-terms.ts';
import { words } from '../../src/message/words.ts';
import { asksAnew } from '../support/account.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = { ben: '00000000-0000-0000-0000-0000000000b1', chris: '00000000-0000-0000-0000-0000000000c1' };
const [ben, chris] = [`user:${ids.ben}`, `user:${ids.chris}`];
const config = `
roles:
  operator: [everyone]
  approver: ['${ben}', '${chris}']
rules: [{ operation: protect, approvals: 1 }]
channels: [{ id: C0GENERAL1, approvers: true }]
`;
let bot: TestBot;
let vms: string[];
const chat = (person: SlackPerson, channel: 'general' | 'dm') => new SlackChat(() => bot.url, { person, channel });
const read = async (person: SlackPerson) => (await chat(person, 'dm').said()).map(textOf).join('\n');
const request = async () => (await bot.rows('approval_request')).at(-1)!;
const ruled = (more: Partial<ApprovalTerms>) => {
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, ...more };
  bot.rules.splice(0, bot.rules.length, { operation: 'protect', match: {}, verdict: { deny: false, approval } });
};

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 5);
});
afterEach(async () => {
  await becomes(false);
  await sql`update conversation set person = null where person = ${ids.ben} and platform = 'teams'`.execute(
    bot.database.db,
  );
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Ben becomes a guest of the workspace, or is one no more, and Kluis hasn't asked about him since. */
async function becomes(isGuest: boolean): Promise<void> {
  await asksAnew(bot, ids.ben);
  await chat('ana', 'dm').control('person', { as: 'ben', isGuest });
}

/** Ana asks in the channel; resolves with its thread, which waits. */
async function asked(): Promise<{ vm: string; thread: SlackChat }> {
  const vm = vms.pop()!;
  const thread = chat('ana', 'general').in((await chat('ana', 'general').says(`@Kluis backup ${vm}`)).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  return { vm, thread };
}

async function ended(thread: SlackChat): Promise<void> {
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
}

test('a guest of the workspace, whose press is refused, is neither named, asked nor reminded', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  await becomes(true);
  const { vm, thread } = await asked();
  expect(textOf(await thread.until('Can approve: Chris Meier.'))).not.toContain('Ben Jansen');
  await chat('chris', 'dm').until(new RegExp(`${vm}[^]*0 of 1`));
  await sql`update approval_request set remind_at = now() where state = 'pending'`.execute(bot.database.db);
  await chat('chris', 'dm').until(`${vm} is still waiting for approval`);
  await thread.as('ben').presses('Approve');
  await thread.as('ben').until(say('refusal.no-guests'));
  expect(await request()).toMatchObject({ votes: [], unreached: [] });
  await ended(thread);
  expect(await read('ben')).not.toContain(vm);
});

test('where that leaves nobody, the card says that nobody can approve', async () => {
  ruled({ named: [{ approvers: [ben], fallback: [] }] });
  await becomes(true);
  const { thread } = await asked();
  await thread.until(say('request.until-named'));
  await ended(thread);
});

test('who has a chat in Teams decides there: asked and named there, not in Slack', async () => {
  ruled({ named: [{ approvers: [ben], fallback: [] }] });
  const teams = bot.as('ben');
  await teams.says('backup help');
  // He has spoken in Slack since.
  await chat('ben', 'dm').says('backup help');
  await becomes(true);
  const { vm, thread } = await asked();
  await thread.until('Can approve: Ben Jansen.');
  await teams.untilTitle(vm);
  await teams.clicks('Approve');
  await thread.until(`${vm} is protected`);
  expect(await read('ben')).not.toContain(vm);
});

test('no channel in Slack mentions them; it mentions whoever can decide there, and them as soon as they can', async () => {
  ruled({});
  await bot.as('ben').says('backup help');
  await becomes(true);
  const mentioned = async (thread: SlackChat) => (await thread.until('Decide on the card')).text;
  const { thread } = await asked();
  expect(await mentioned(thread)).toMatch(/<@U0CHRISMEI>/);
  expect(await mentioned(thread)).not.toContain('U0BENJANSN');
  await ended(thread);
  await becomes(false);
  const again = await asked();
  expect(await mentioned(again.thread)).toContain('<@U0BENJANSN>');
  await ended(again.thread);
});

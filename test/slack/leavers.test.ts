import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { disownChats } from '../../src/store/conversations.ts';
import { link, unlink } from '../../src/store/person-links.ts';
import { account, asksAnew } from '../support/account.ts';
import { addMachines } from '../support/more-machines.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
/** No group is named anywhere, and Ben is linked by his own sign-in. */
const config = `
people:
  - { entra: ${ids.ana}, slack: U0ANAVRIES }
  - { entra: ${ids.chris}, slack: U0CHRISMEI }
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
rules: [{ operation: protect, approvals: 2 }]
`;
const bens = { team: 'T0CONTOSO1', platformId: 'U0BENJANSN' };
let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  await link(bot.database.db, bens, ids.ben);
});
afterEach(async () => {
  await bot.azure.reset();
  for (const id of Object.values(ids)) await asksAnew(bot, id);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

async function asked(vm: string): Promise<SlackChat> {
  const said = await general().says(`@Kluis backup ${vm}`);
  const thread = general().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 2 · until');
  return thread;
}
const request = async () => (await bot.rows('approval_request')).at(-1)!;
const answerTo = async (thread: SlackChat, press: () => Promise<unknown>) => {
  const before = (await thread.said()).length;
  await press();
  const answer = async () => (await thread.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually('an answer to them alone', answer));
};
const ended = async (thread: SlackChat) => {
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
};

test.each(['disabled', 'deleted'] as const)('whose account is %s approves, denies and starts nothing', async (is) => {
  const thread = await asked('vm-plain-01');
  await account(bot, ids.ben, is);
  const ben = thread.as('ben');
  expect(await answerTo(ben, () => ben.presses('Approve'))).toContain(say('refusal.no-account'));
  const { blocks } = await thread.until('0 of 2 · until');
  expect(JSON.stringify(blocks)).toContain('Deny');
  expect(await answerTo(ben, () => ben.presses('Deny'))).toContain(say('refusal.no-account'));
  expect(await answerTo(ben, () => ben.says('@Kluis backup vm-off-01'))).toContain('no enabled account for you');
  expect(await request()).toMatchObject({ state: 'pending', votes: [] });
  // The account says it, in the call that is made anyway: no group is named, so no other is.
  expect(await bot.azure.requests('POST', /checkMemberGroups/)).toEqual([]);
  await ended(thread);
  expect(await bot.azure.writes()).toEqual([]);
});

test('a vote counts no more at the start if the account has been disabled since; others’ still do', async () => {
  const thread = await asked('vm-plain-01');
  await thread.as('ben').presses('Approve');
  await thread.until('1 of 2 · until');
  await account(bot, ids.ben, 'disabled');
  await thread.as('chris').presses('Approve');
  await eventually('the vote to be dropped', async () =>
    (await bot.rows('audit')).some(({ entry }) => {
      const { move, state } = entry as { move?: string; state?: string };
      return move === 'start' && state === 'pending';
    }),
  );
  expect((await request()).votes).toMatchObject([{ person: ids.chris }]);
  await thread.until('1 of 2 · until');
  await ended(thread);
  expect(await bot.rows('operation')).toEqual([]);
});

test('what a leaver asked for is refused at its start, and its card says why', async () => {
  const thread = await asked('vm-plain-01');
  await thread.as('ben').presses('Approve');
  await thread.until('1 of 2 · until');
  await account(bot, ids.ana, 'disabled');
  await thread.as('chris').presses('Approve');
  const card = textOf(await thread.as('chris').until('approved, but refused at its start'));
  expect(card).toContain(say('refused.asker-no-account', { who: 'Ana de Vries' }));
  expect(await request()).toMatchObject({ state: 'refused' });
  expect(await bot.rows('operation')).toEqual([]);
  expect(await bot.azure.writes()).toEqual([]);
});

describe('named by a rule', () => {
  const direct = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'dm' });
  const read = async (person: SlackPerson) => (await direct(person).said()).map(textOf).join('\n');
  const isDue = () =>
    sql`update approval_request set remind_at = now() where state = 'pending'`.execute(bot.database.db);
  const named = async (vm: string) => {
    const entry = { approvers: [`user:${ids.ben}`, `user:${ids.chris}`], fallback: [] };
    const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, named: [entry] };
    bot.rules.splice(0, bot.rules.length, { operation: 'protect', match: {}, verdict: { deny: false, approval } });
    const thread = general().in((await general().says(`@Kluis backup ${vm}`)).ts as string);
    const title = say('button.ask-approval-to', { what: 'Protect only' });
    await thread.until(title);
    await thread.presses(title);
    return { thread, card: await thread.until('0 of 1 · until') };
  };
  const reminded = 'is still waiting for approval (0 of 1)';
  let vms: readonly string[];
  let before: typeof bot.rules;
  beforeAll(() => {
    before = [...bot.rules];
  });
  beforeEach(async () => {
    vms = await addMachines(bot.azure, 3);
  });
  afterAll(() => void bot.rules.splice(0, bot.rules.length, ...before));

  test('nobody without an account is asked, named or reminded; the others are', async () => {
    await account(bot, ids.ben, 'disabled');
    const { thread, card } = await named(vms[0]!);
    await direct('chris').until(new RegExp(`${vms[0]}[^]*0 of 1 · until`));
    expect(textOf(card)).toContain(`Can approve: ${ids.chris}`);
    expect(textOf(card)).not.toContain('Ben Jansen');
    await isDue();
    await direct('chris').until(reminded);
    expect(await read('ben')).not.toContain(vms[0]);
    expect(await bot.rows('approval_request')).toContainEqual(expect.objectContaining({ unreached: [] }));
    await ended(thread);
  });

  test.each(['disabled', 'unlinked'] as const)('who was asked and is %s reads nothing more of it', async (becomes) => {
    const vm = vms[becomes === 'disabled' ? 1 : 2]!;
    const { thread } = await named(vm);
    await direct('ben').until(new RegExp(`${vm}[^]*0 of 1 · until`));
    const before = await read('ben');
    if (becomes === 'disabled') await account(bot, ids.ben, 'disabled');
    else {
      await unlink(bot.database.db, bens);
      await disownChats(bot.database.db, { team: bens.team, person: ids.ben });
    }
    await isDue();
    await direct('chris').until(`${vm} ${reminded}`);
    await ended(thread);
    await direct('chris').until(`${vm}: request withdrawn`);
    expect(await read('ben')).toBe(before);
    await link(bot.database.db, bens, ids.ben);
  });
});

test('in Teams, too: a role that everyone has is for those who have an account', async () => {
  await account(bot, ids.ben, 'disabled');
  const ben = bot.as('ben');
  await ben.says('backup vaults');
  expect((await ben.untilTitle(/Microsoft Entra ID/)).title).toContain('no enabled account');
});

test('while Graph doesn’t answer, nobody is told that they have no account, and nothing is decided', async () => {
  const thread = await asked('vm-plain-01');
  await bot.azure.fault({ match: { method: 'GET', path: '/v1\\.0/users/' }, status: 503, body: {} });
  await asksAnew(bot, ids.ben);
  const ben = thread.as('ben');
  const told = await answerTo(ben, () => ben.presses('Approve'));
  expect(told).toContain(say('refusal.not-trusted-now'));
  expect(await request()).toMatchObject({ state: 'pending', votes: [] });
  await bot.azure.mend();
  await ended(thread);
});

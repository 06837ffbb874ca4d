import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { ApprovalTerms } from '../../src/core/approval-terms.ts';
import { words } from '../../src/message/words.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [approve, withdraw] = [say('button.approve'), say('button.withdraw')];
const [ben, chris] = ['b1', 'c1'].map((end) => `user:00000000-0000-0000-0000-0000000000${end}`) as [string, string];
const config = `
roles:
  operator: [everyone]
  approver: ['${ben}', '${chris}']
rules:
  - { operation: protect, approvals: 1 }
`;
let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 7);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const direct = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'dm' });
const chatsOf = async () =>
  (await bot.rows('conversation')).flatMap(({ kind, person }) => (kind === 'personal' ? [`user:${person}`] : []));
const ruled = (more: Partial<ApprovalTerms>) => {
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, ...more };
  bot.rules.splice(0, bot.rules.length, { operation: 'protect', match: {}, verdict: { deny: false, approval } });
};

const general = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'general' });

/** Somebody asks about a VM in the channel, and Ana for approval of its protection: its thread, which waits. */
async function asked(vm: string, by: SlackPerson = 'ana'): Promise<SlackChat> {
  const { ts } = await general(by).says(`@Kluis backup ${vm}`);
  const thread = general('ana').in(ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  return thread;
}

test('to whom Slack delivers no direct message are named on the card, in its reason', async () => {
  ruled({ named: [{ approvers: [ben], fallback: [] }] });
  await direct('ana').control('faults', { method: '^conversations.open$', error: 'user_disabled' });
  const thread = await asked(vms[1]!);
  await thread.until(say('request.unreached', { who: 'Ben Jansen', because: 'refused' }));
  expect(await chatsOf()).toEqual([]);
  await thread.presses(withdraw);
  await thread.until('request withdrawn');
});

test('named by the rule who never wrote to Kluis get a direct message, and decide there', async () => {
  ruled({ named: [{ approvers: [chris], fallback: [] }] });
  expect(await chatsOf()).toEqual([]);
  const thread = await asked(vms[0]!);
  await direct('chris').until(new RegExp(`${vms[0]}[^]*0 of 1 · until`));
  expect(await chatsOf()).toEqual([chris]);
  await direct('chris').presses(approve);
  await thread.until(`${vms[0]} is protected`);
  expect(buttonsOf(await direct('chris').until(`${vms[0]}: approved and started`))).toEqual([]);
});

test('whose last command was answered aside are still asked in their chat, and so is who never wrote', async () => {
  ruled({ named: [{ approvers: [ben, chris], fallback: [] }] });
  const elsewhere = new SlackChat(() => bot.url, { person: 'chris', channel: 'random' });
  await elsewhere.says('/backup jobs failed');
  expect((await elsewhere.until(/vm-hr-01/)).onlyYou).toBe(true);
  const thread = await asked(vms[4]!);
  await direct('chris').until(new RegExp(`${vms[4]}[^]*0 of 1 · until`));
  await direct('ben').until(new RegExp(`${vms[4]}[^]*0 of 1 · until`));
  await thread.presses(withdraw);
  await direct('chris').until(`${vms[4]}: request withdrawn`);
});

test('who are only informed have no buttons; those who stand in are asked at half of the time', async () => {
  ruled({ named: [{ approvers: [chris], fallback: [ben] }], quiet: [ben] });
  const thread = await asked(vms[2]!);
  const title = new RegExp(`${vms[2]}[^]*0 of 1 · until`);
  const told = await direct('ben').until(title);
  expect(textOf(told)).toContain('For your information');
  expect(buttonsOf(told)).toEqual([]);
  ruled({ named: [{ approvers: [chris], fallback: [ben] }] });
  await thread.presses(withdraw);
  await direct('ben').until(`${vms[2]}: request withdrawn`);

  const again = await asked(vms[3]!);
  await direct('chris').until(new RegExp(`${vms[3]}[^]*0 of 1 · until`));
  expect((await direct('ben').said()).map(textOf).join()).not.toContain(vms[3]);
  await sql`update approval_request set created_at = created_at - interval '31 minutes',
    ends_at = ends_at - interval '31 minutes', remind_at = now() where state = 'pending'`.execute(bot.database.db);
  const asks = await direct('ben').until(new RegExp(`${vms[3]}[^]*0 of 1 · until`));
  expect(buttonsOf(asks)).toContain(approve);
  await direct('ben').presses(approve);
  await again.until(`${vms[3]} is protected`);
});

describe('who linked themselves by signing in', () => {
  const eva = '00000000-0000-0000-0000-0000000000e5';
  const dirk = (thread: SlackChat) => thread.as('admin');
  const signsIn = () =>
    bot.database.db
      .insertInto('person_link')
      .values({ team: 'T0CONTOSO1', platform_id: 'U0DIRKADMN', entra: eva })
      .execute();
  beforeAll(async () => {
    ruled({});
    const { directory } = await bot.azure.state('directory');
    const people = [...directory.people, { id: eva, name: 'Eva Smit', mail: 'eva.smit@contoso.example' }];
    await bot.azure.change({ directory: { ...directory, people } });
    bot.roles.push({ role: 'approver', to: { kind: 'user', id: eva }, where: {} });
  });
  afterEach(() => bot.database.db.deleteFrom('person_link').execute());

  test('are mentioned in the reminder, too', async () => {
    await signsIn();
    const thread = await asked(vms[5]!);
    await sql`update approval_request set remind_at = now() where state = 'pending'`.execute(bot.database.db);
    const reminder = textOf(await thread.until('is still waiting for approval (0 of 1)'));
    for (const member of ['U0BENJANSN', 'U0DIRKADMN']) expect(reminder).toContain(`<@${member}>`);
    await dirk(thread).presses(approve);
    await thread.until(`${vms[5]} is protected`);
  });

  test('don’t decide on what they opened before that', async () => {
    const thread = await asked(vms[6]!, 'admin');
    await signsIn();
    await dirk(thread).presses(approve);
    expect((await dirk(thread).until(say('refusal.changed-it'))).onlyYou).toBe(true);
    await thread.as('ben').presses(approve);
    await thread.until(`${vms[6]} is protected`);
  });
});

test('list what waits for them and decide on the card that opens; the requester withdraws from a list', async () => {
  ruled({});
  const thread = await asked('vm-plain-01');
  await direct('ana').says('backup approvals');
  await direct('ana').until('Nothing is waiting for your approval');
  await direct('ben').says('backup approvals');
  const list = textOf(await direct('ben').until('One request is waiting for your approval'));
  expect(list).toMatch(/vm-plain-01[\s\S]*requested by Ana de Vries · 0 of 1/);
  await direct('ben').says('backup approvals vm-plain-01');
  const card = await direct('ben').until(/vm-plain-01[^]*0 of 1 · until/);
  expect(buttonsOf(card)).toContain(approve);
  await direct('ana').says('backup requests');
  await direct('ana').until('You have one open request');
  const [button] = buttonsOf(await direct('ana').until('You have one open request')).filter((one) =>
    one.includes(withdraw),
  );
  await direct('ana').presses(button!);
  await thread.until('request withdrawn');
  await direct('ben').until('vm-plain-01: request withdrawn');
  expect((await bot.rows('operation')).filter(({ plan }) => JSON.stringify(plan).includes('vm-plain-01'))).toEqual([]);
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { asksAnew } from '../support/account.ts';
import { copyInTeams } from '../support/copy-in-teams.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, buttonsOf, optionOf, SlackChat, textOf } from './support/slack-client.ts';
import { eventually } from '../support/eventually.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** A group of the directory, with Ben and Chris in it. */
const onDuty = '22222222-2222-2222-2222-222222222222';
const config = `
roles:
  operator: [everyone, 'group:${onDuty}']
  approver: ['user:00000000-0000-0000-0000-0000000000b1', 'user:00000000-0000-0000-0000-0000000000c1']
rules:
  - { operation: protect, approvals: 1 }
channels:
  - { id: '19:general@thread.tacv2', approvers: true }
  - { id: C0GENERAL1, approvers: true }
breakGlass:
  group: ['user:00000000-0000-0000-0000-0000000000a1', 'user:00000000-0000-0000-0000-0000000000c1']
  perMonth: 1
`;
let bot: TestBot;
let more: string[];
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  more = await addMachines(bot.azure, 6);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Ana asks in the channel for approval of a protection; resolves with its thread, which waits. */
async function asked(vm: string, stands = '0 of 1'): Promise<SlackChat> {
  const said = await ana().says(`@Kluis backup ${vm}`);
  const thread = ana().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until(`${stands} · until`);
  return thread;
}

const answerTo = async (thread: SlackChat, press: () => Promise<unknown>) => {
  const before = (await thread.said()).length;
  await press();
  const answer = await eventually('an answer to them alone', async () =>
    (await thread.said()).slice(before).find(({ onlyYou }) => onlyYou),
  );
  return textOf(answer);
};

test('somebody else approves it in the thread, and it starts once; the requester can’t, and is told privately', async () => {
  const thread = await asked('vm-plain-01');
  expect(await answerTo(thread, () => thread.presses('Approve'))).toContain(say('refusal.own-request'));
  expect(await bot.rows('operation')).toEqual([]);
  await thread.as('ben').presses('Approve');
  await thread.until('vm-plain-01 is protected');
  expect(await bot.rows('operation')).toHaveLength(1);
  expect((await bot.rows('approval_request'))[0]).toMatchObject({ state: 'started' });
});

test('the copy in another channel mentions those who can decide, once: its edits mention nobody', async () => {
  // A channel is known once somebody wrote to Kluis there.
  await ana()
    .in((await ana().says('@Kluis backup vaults')).ts as string)
    .until(/rsv-prod-weu/);
  await bot.as('ana').asks(`backup ${more[5]}`);
  const own = bot.as('ana');
  await own.clicks((await own.card()).titles.find((each) => each.endsWith('Protect only'))!);
  await own.untilWaits('0 of 1', more[5]);
  const copy = async () => (await ana().said()).find(({ text }) => text.includes(`asks: protect ${more[5]}`));
  const posted = await eventually('the copy', copy);
  expect(posted.text).toMatch(/^<@U0BENJANSN>, <@U0CHRISMEI>: /);
  expect(JSON.stringify(posted.blocks[0])).toMatch(/"user_id":"U0BENJANSN".*"user_id":"U0CHRISMEI"/);
  expect(JSON.stringify(posted.blocks)).not.toContain('U0ANAVRIES');
  await own.clicks(say('button.withdraw'));
  const ended = await ana().until(`${more[5]}: request withdrawn`);
  expect([ended.ts, JSON.stringify([ended.text, ended.blocks]).includes('U0BENJANSN')]).toEqual([posted.ts, false]);
});

test('a denial uses the reason in its field, and closes the request with name and reason', async () => {
  const thread = await asked('vm-off-01');
  const ben = thread.as('ben');
  expect(await answerTo(ben, () => ben.presses('Deny'))).toContain(say('refusal.reason-missing'));
  const { blocks } = await thread.until('0 of 1 · until');
  await ben.presses('Deny', { inputs: { [actionOf(blocks, 'reason')]: 'not on a Friday' } });
  const ended = textOf(await thread.until('vm-off-01: denied'));
  expect(ended).toContain('not on a Friday');
  expect(ended).not.toContain('Approve\n');
  await thread.untilTold('vm-off-01: Ben Jansen denied your request, so nothing was changed: not on a Friday');
  expect(await bot.rows('operation')).toHaveLength(1);
});

test('people who became guests since they were seen, or since they approved, decide nothing; former guests do', async () => {
  const guest = (isGuest: boolean) => ana().control('person', { as: 'chris', isGuest });
  const rules = bot.rules.splice(0, bot.rules.length);
  const approval = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.push({ ...rules[0]!, verdict: { deny: false, approval } });
  const thread = await asked(more[3]!, '0 of 2');
  const now = async () => (await bot.rows('approval_request')).find(({ state }) => state === 'pending');
  const chris = thread.as('chris');
  // They were seen, and what is known of them is young.
  await chris.says('@Kluis backup vaults');
  await chris.until(/rsv-prod-weu/);
  await guest(true);
  expect(await answerTo(chris, () => chris.presses('Approve'))).toContain(say('refusal.no-guests'));
  expect(await now()).toMatchObject({ votes: [] });
  await guest(false);
  await chris.presses('Approve');
  await thread.until('1 of 2 · until');
  await guest(true);
  const before = (await bot.rows('operation')).length;
  await thread.as('ben').presses('Approve');
  await eventually('the vote of the guest to be dropped', async () =>
    (await bot.rows('audit')).some(({ entry }) => {
      const { move, state } = entry as { move?: string; state?: string };
      return move === 'start' && state === 'pending';
    }),
  );
  expect(await now()).toMatchObject({ votes: [{ person: '00000000-0000-0000-0000-0000000000b1' }] });
  expect(await bot.rows('operation')).toHaveLength(before);
  await guest(false);
  await thread.until('1 of 2 · until'); // it said that it starts, until the vote was dropped
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  bot.rules.splice(0, bot.rules.length, ...rules);
});

test('who was a guest when it was asked counts as they are when they vote; a guest may ask, and others decide', async () => {
  const guest = (isGuest: boolean) => ana().control('person', { as: 'chris', isGuest });
  await guest(true);
  const thread = await asked(more[4]!);
  const chris = thread.as('chris');
  await guest(false);
  await chris.presses('Approve');
  await thread.until(`${more[4]} is protected`);
  await guest(true);
  const general = ana().as('chris');
  const own = general.in((await general.says(`@Kluis backup ${more[5]}`)).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await own.until(title);
  await own.presses(title);
  await own.until('0 of 1 · until');
  await guest(false);
  expect(await answerTo(own, () => own.presses('Approve'))).toContain(say('refusal.own-request'));
  await own.as('ben').presses('Approve');
  await own.until(`${more[5]} is protected`);
});

test('guests of the workspace decide nothing, whatever their role, nor do people who aren’t linked', async () => {
  await ana().control('person', { as: 'chris', isGuest: true });
  const thread = await asked('vm-sql-01');
  const chris = thread.as('chris');
  expect(await answerTo(chris, () => chris.presses('Approve'))).toContain(say('refusal.no-guests'));
  expect(await answerTo(chris, () => chris.presses(say('button.break-glass')))).toContain(say('refusal.no-guests'));
  const dirk = thread.as('admin');
  expect(await answerTo(dirk, () => dirk.presses('Approve'))).toContain('know who you are in Microsoft Entra ID');
  expect((await bot.rows('approval_request')).find(({ state }) => state === 'pending')).toMatchObject({ votes: [] });
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  await ana().control('person', { as: 'chris', isGuest: false });
  await asksAnew(bot, '00000000-0000-0000-0000-0000000000c1');
});

test('a request made in Slack is approved in the approvers’ channel in Teams, and both cards say so', async () => {
  await bot.asks('ben', 'backup vaults');
  const thread = await asked('vm-cmk-01');
  expect(await answerTo(thread, () => thread.presses('Approve'))).toContain(say('refusal.own-request'));
  const request = (await bot.rows('approval_request')).find(({ state }) => state === 'pending')!;
  const ben = await copyInTeams(bot, 'ben');
  // She is the same person there, so her own request stays her own.
  expect((await ben.as('ana').clicks('Approve')).text).toBe(say('refusal.own-request'));
  await ben.clicks('Approve');
  await thread.until('vm-cmk-01 is protected');
  expect((await ben.untilTitle('vm-cmk-01: approved and started')).titles).toEqual([]);
  expect((await bot.rows('approval_request')).find(({ id }) => id === request.id)).toMatchObject({
    state: 'started',
    votes: [{ person: '00000000-0000-0000-0000-0000000000b1', decision: 'approve' }],
  });
});

test('the home page has requests waiting for you, with links to their cards, and your own with the button to withdraw', async () => {
  const thread = await asked('vm-sql-01');
  const [ben, direct] = [ana().as('ben'), new SlackChat(() => bot.url, { person: 'ben', channel: 'dm' })];
  const page = await ben.opensHome();
  expect(textOf(page)).toMatch(/Waiting for your approval[\s\S]*vm-sql-01/);
  expect(textOf(await ana().opensHome())).not.toContain('Waiting for your approval');
  const called = (view: unknown, start: string) =>
    new RegExp(`"(${start}: vm-sql-01, [^"]*)"`).exec(JSON.stringify(view))![1]!;
  await ben.pressesAtHome(called(page, 'Show'));
  await direct.until(/vm-sql-01[^]*0 of 1 · until/);
  await ana().pressesAtHome(called(await ana().opensHome(), 'Withdraw'));
  await thread.until('request withdrawn');
  await direct.until('request withdrawn');
  expect(textOf(await ana().opensHome())).not.toContain('vm-sql-01');
});

test('approvers are reminded in the thread below the copy, at half of the time and shortly before its end', async () => {
  await (await asked('vm-sql-01')).presses('Withdraw');
  const direct = new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });
  await direct.says('backup vm-sql-01');
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await direct.until(title);
  await direct.presses(title);
  const copy = await ana().until(/vm-sql-01[^]*0 of 1 · until/);
  await sql`update approval_request set remind_at = now(), created_at = created_at - interval '2 hours',
    ends_at = ends_at - interval '2 hours' where state = 'pending'`.execute(bot.database.db);
  const reminder = textOf(await ana().in(copy.ts).untilTold('is still waiting for approval (0 of 1)'));
  expect(reminder).toMatch(/<@U\w+>, <@U\w+>: vm-sql-01/);
  expect(reminder).toContain('h left');
  const below = ana().in(copy.ts);
  const reminders = async () => (await below.said()).filter((each) => textOf(each).includes('still waiting')).length;
  expect(await reminders()).toBe(1);
  await sql`update approval_request set created_at = created_at - interval '105 minutes',
    ends_at = ends_at - interval '105 minutes', remind_at = remind_at - interval '105 minutes'
    where state = 'pending'`.execute(bot.database.db);
  await eventually('the last reminder', async () => (await reminders()) === 2);
  await below.as('ben').presses('Approve');
  await direct.until('vm-sql-01 is protected');
  expect(await reminders()).toBe(2);
});

describe('what comes to nothing starts nothing', () => {
  const rules = () => bot.rules.splice(0, bot.rules.length);
  const operations = async () => (await bot.rows('operation')).length;
  const open = async () => (await bot.rows('approval_request')).filter(({ state }) => state === 'pending');
  /** Ben approves it, and the first reading before the start stands still until it is let go. */
  const approvedAndHeld = async (thread: SlackChat): Promise<() => void> => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    bot.failpoint = (failpoint) => (failpoint === 'lookup:before-commit' ? held : undefined);
    await thread.as('ben').presses('Approve');
    await eventually('an approval', async () =>
      (await bot.rows('approval_request')).some(({ state }) => state === 'approved'),
    );
    return () => {
      bot.failpoint = () => {};
      goOn();
    };
  };

  afterEach(() => void (bot.failpoint = () => {}));

  test('expired', async () => {
    const [thread, before] = [await asked('vm-lock-01'), await operations()];
    await sql`update approval_request set created_at = created_at - interval '5 hours',
      ends_at = ends_at - interval '5 hours' where state = 'pending'`.execute(bot.database.db);
    expect(textOf(await thread.until('nobody approved it in time'))).not.toContain('Approve\n');
    await thread.untilTold('vm-lock-01: your request has expired. Nobody approved it in time');
    expect(await operations()).toBe(before);
  });

  test('revoked in the last second, in the other chat, by the person who had approved it', async () => {
    const [thread, before] = [await asked('vm-lock-01'), await operations()];
    const goOn = await approvedAndHeld(thread);
    await (await copyInTeams(bot, 'ben')).clicks('Deny', { reason: 'wrong VM' });
    goOn();
    expect(textOf(await thread.until('vm-lock-01: approval revoked'))).toContain('wrong VM');
    await thread.untilTold('vm-lock-01: Ben Jansen revoked the approval, so nothing was changed: wrong VM');
    expect(await operations()).toBe(before);
  });

  test('by an approver who no longer is one when it would start', async () => {
    const [thread, before] = [await asked('vm-lock-01'), await operations()];
    const goOn = await approvedAndHeld(thread);
    const all = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...all.filter(({ role }) => role !== 'approver'));
    goOn();
    await eventually('the approval to be dropped', async () => (await open())[0]?.votes);
    bot.roles.splice(0, bot.roles.length, ...all);
    expect(await open()).toMatchObject([{ votes: [] }]);
    expect(await operations()).toBe(before);
    await thread.until(/vm-lock-01[^]*0 of 1 · until/);
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
  });

  test('by an approver who left the group with the role before it would start', async () => {
    const all = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...all.filter(({ role }) => role !== 'approver'), {
      role: 'approver',
      to: { kind: 'group', id: onDuty },
      where: {},
    });
    const { directory } = await bot.azure.state('directory');
    const [thread, before] = [await asked('vm-lock-01'), await operations()];
    const goOn = await approvedAndHeld(thread);
    const left = directory.groups.map((one) => (one.id === onDuty ? { ...one, members: [] } : one));
    await bot.azure.change({ directory: { ...directory, groups: left } });
    const lookUps = async () => (await bot.azure.requests('POST', /b1\/checkMemberGroups/)).length;
    const known = await lookUps();
    // Who is in a group is known for a minute.
    bot.ahead = 61_000;
    goOn();
    await eventually('the directory to be asked again', async () => (await lookUps()) > known);
    bot.ahead = 0;
    await eventually('the approval to be dropped', async () => (await open())[0]?.votes);
    expect(await open()).toMatchObject([{ votes: [] }]);
    expect(await operations()).toBe(before);
    await thread.until(/vm-lock-01[^]*0 of 1 · until/);
    await bot.azure.change({ directory });
    bot.roles.splice(0, bot.roles.length, ...all);
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
  });

  test('under a rule that denies it by now: the thread and the copy in Teams say so', async () => {
    const [thread, before] = [await asked('vm-lock-01'), await operations()];
    const copy = await copyInTeams(bot, 'ben');
    const goOn = await approvedAndHeld(thread);
    const all = rules();
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: true } });
    goOn();
    const title = say('request.refused', { vm: 'vm-lock-01' });
    const denied = say('ruled.denied', { what: say('may.protect'), on: 'vm-lock-01', named: 'yes' });
    expect(textOf(await thread.until(title))).toContain(denied);
    expect((await copy.untilTitle(title)).text).toContain(denied);
    await thread.untilTold('vm-lock-01: your request was refused when it was about to start.');
    bot.rules.splice(0, bot.rules.length, ...all);
    expect(await operations()).toBe(before);
  });

  test('for a plan that has changed since', async () => {
    const thread = await asked('vm-lock-01');
    const was = rules();
    const other = await bot.asks('ben', 'backup vm-lock-01');
    await other.clicks('Protect only');
    await other.untilTitle(/vm-lock-01 is protected/);
    bot.rules.push(...was);
    const [before, [request]] = [await operations(), await open()];
    await thread.as('ben').presses('Approve');
    const now = async () => (await bot.rows('approval_request')).find(({ id }) => id === request!.id)!;
    await eventually('the end of the request', async () => !['pending', 'approved'].includes((await now()).state));
    expect(await now()).toMatchObject({ state: 'superseded', operation_id: null });
    await thread.untilTold(/vm-lock-01: this is no longer as it was when you asked/);
    expect(await operations()).toBe(before);
  });

  test('and two people at the same moment, one in each chat, both count and start it once', async () => {
    const [rule] = bot.rules;
    const approval = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
    bot.rules.splice(0, bot.rules.length, { ...rule!, verdict: { deny: false, approval } });
    const before = await operations();
    const thread = await asked('vm-off-01', '0 of 2');
    const [request] = await open();
    const teams = await copyInTeams(bot, 'chris');
    await Promise.all([thread.as('ben').presses('Approve'), teams.clicks('Approve')]);
    await teams.untilTitle('approved and started');
    expect((await bot.rows('approval_request')).find(({ id }) => id === request!.id)!.votes).toHaveLength(2);
    expect(await operations()).toBe(before + 1);
  });

  test('and one person who approves in both chats has one vote', async () => {
    const thread = await asked(more[3]!, '0 of 2');
    await thread.as('ben').presses('Approve');
    expect(textOf(await thread.until('1 of 2 · until'))).toContain('Approved by Ben');
    const teams = await copyInTeams(bot, 'ben');
    expect((await teams.untilWaits('1 of 2')).text).toContain('Approved by Ben');
    expect((await teams.clicks('Approve')).text).toBe(say('refusal.voted-already'));
    expect((await open())[0]!.votes).toHaveLength(1);
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
  });
});

test('a restore beyond what Azure puts encryption settings back for: requester and approvers are told', async () => {
  const { disks } = await bot.azure.state('disks');
  const large = disks.map((one) => (/^vm-app-01[_-]/.test(one.name) ? { ...one, sizeGiB: 2100 } : one));
  await bot.azure.change({ disks: large });
  const said = await ana().says('@Kluis backup restore vm-app-01');
  const thread = ana().in(said.ts as string);
  await thread.until(say('restore.which', { vm: 'vm-app-01' }));
  await thread.presses('Continue');
  await thread.until(say('restore.where', { vm: 'vm-app-01' }));
  await thread.opensForm();
  const { blocks } = await thread.modal();
  const [group, account] = ['rg-restore', 'stkluisweu'].map((name) => optionOf(blocks, name));
  await thread.submits({ group, account, reason: 'a table was dropped' });
  const told = say('beyond-ade.disks', { disks: 2, gib: 4200 });
  expect(textOf(await thread.until(say('restore.sure', { vm: 'vm-app-01' })))).toContain(told);
  await thread.presses(say('button.ask-approval'));
  expect(textOf(await thread.as('ben').until('0 of 1 · until'))).toContain(told.replace(/\.$/, ''));
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  await bot.azure.change({ disks });
});

test('an approver named by the rule is asked in their own chat, and the requester starts what they approved', async () => {
  const [rule] = bot.rules;
  const named = [{ approvers: ['user:00000000-0000-0000-0000-0000000000b1'], fallback: [] }];
  const terms = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000, named, startedBy: 'requester' as const };
  bot.rules.splice(0, bot.rules.length, { ...rule!, verdict: { deny: false, approval: terms } });
  const ben = new SlackChat(() => bot.url, { person: 'ben', channel: 'dm' });
  await ben.says('help');
  await ben.until('Kluis');
  const [vm] = more;
  const thread = await asked(vm!);
  await ben.until(new RegExp(`${vm}[^]*0 of 1 · until`));
  await ben.presses('Approve');
  await thread.untilTold(`${vm}: your request was approved`);
  await thread.until(`${vm}: approved, not started yet`);
  expect(await answerTo(thread.as('ben'), () => thread.as('ben').presses('Start'))).toContain(
    say('refusal.not-your-start'),
  );
  await thread.presses('Start');
  await thread.until(`${vm} is protected`);
  await ben.until(`${vm}: approved and started`);
});

test('break-glass is a form: a wrong name is an error at its input and loses nothing; it starts, is reported and reviewed', async () => {
  bot.rules.splice(0, bot.rules.length, {
    operation: 'protect',
    match: {},
    verdict: { deny: false, approval: { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000 } },
  });
  const [, vm, next] = more;
  const thread = await asked(vm!);
  const ben = thread.as('ben');
  expect(await answerTo(ben, () => ben.presses(say('button.break-glass')))).toContain(say('refusal.not-break-glass'));
  expect(await answerTo(thread, () => thread.presses(say('button.break-glass')))).toContain(say('glass.open'));
  await thread.until(say('glass.title', { vm: vm! }));
  const form = await thread.until('Break-glass: 1 of 1 left this month');
  expect(JSON.stringify(form.blocks)).toContain('"style":"danger"');
  await thread.opensForm();
  const wrong = await thread.submits({ vm: `${vm}x`, reason: 'the disk is dying' });
  expect(wrong).toMatchObject({ shown: 'errors', lost: [] });
  expect(Object.values(wrong.errors ?? {})).toEqual([say('refusal.break-glass-name')]);
  expect(await bot.rows('break_glass')).toEqual([]);
  expect((await thread.submits({ vm, reason: 'the disk is dying' })).shown).toBe('closed');
  await thread.until(`${vm} is protected`);
  await thread.until('Ana de Vries started this by break-glass. Not reviewed yet. Reason: the disk is dying');
  await thread.untilTold(/<@U\w+>.*Ana de Vries broke the glass/);
  expect(await answerTo(thread, () => thread.presses(say('glass.review')))).toContain(say('refusal.own-review'));
  expect(textOf(await ana().as('ben').opensHome())).toContain('started by break-glass by Ana de Vries');
  expect(textOf(await ana().opensHome())).toContain('break-glass by Ana de Vries');
  await sql`update approval_request set remind_at = remind_at - interval '1 day' where glass is not null`.execute(
    bot.database.db,
  );
  await thread.untilTold("isn't reviewed yet");
  await ben.presses(say('glass.review'), {
    inputs: { [actionOf((await thread.until(say('glass.note-label'))).blocks, 'note')]: 'fine' },
  });
  expect(textOf(await thread.until(say('glass.closed', { vm: vm! })))).toContain('fine');
  await thread.until('Reviewed by Ben');
  // In this month, even if one has just begun.
  await sql`update break_glass set at = now()`.execute(bot.database.db);
  const other = await asked(next!);
  const waits = await other.until('Break-glass: 0 of 1 left until 1 ');
  expect(buttonsOf(waits).join()).not.toContain(say('button.break-glass'));
  await other.presses('Withdraw');
});

test('an exception to the rule on the KEK is a form, approved by somebody else; a wrong day is an error at its input', async () => {
  const said = await ana().says('@Kluis backup exception vm-bek-01');
  const thread = ana().in(said.ts as string);
  await thread.until(say('exception.title', { vm: 'vm-bek-01' }));
  await thread.opensForm();
  const wrong = await thread.submits({ reason: 'until the migration', until: '2026-02-31' });
  expect(Object.values(wrong.errors ?? {})).toEqual([say('refusal.exception-date')]);
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await thread.submits({ reason: 'until the migration', until });
  await thread.until('0 of 1 · until');
  expect(await answerTo(thread, () => thread.presses('Approve'))).toContain(say('refusal.own-request'));
  await thread.as('ben').presses('Approve');
  await thread.until(say('closing.exception', { vm: 'vm-bek-01' }));
  expect(await bot.rows('kek_exception')).toMatchObject([{ vm_name: 'vm-bek-01', allowed_by: 'Ben Jansen' }]);
  const ready = await ana().says('@Kluis backup vm-bek-01');
  await ana()
    .in(ready.ts as string)
    .until(/Allowed without KEK until .*, by Ben Jansen/);
});

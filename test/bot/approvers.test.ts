import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { withoutPulse } from '../support/without-pulse.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const nl = words({ locale: 'nl', timeZone: 'UTC', simulated: true }).say;
const ask = say('button.ask-approval');
const approve = say('button.approve');
const deny = say('button.deny');
const withdraw = say('button.withdraw');

const rule = {
  operation: 'protect',
  match: {},
  verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000 } },
} as const;
const roles = (approvers: string) => `
roles:
  operator: [everyone]
  approver: [${approvers}]
`;
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};

/** The thread in the channel below the copy of the pending request. */
async function copyOf(bot: TestBot): Promise<BotChat> {
  const request = (await bot.rows('approval_request')).find(({ state }) => state === 'pending');
  const [copy] = request!.copies as { message: string; conversation: string }[];
  const posted = () => bot.rows('message').then((all) => all.find(({ id }) => id === copy!.message)?.platform_id);
  const id = await bot.as('ben').until('the copy', posted);
  return bot.in('ben', `${copy!.conversation.replace('teams:', '')};messageid=${id}`);
}

describe('approvers in a channel of their own', () => {
  let bot: TestBot;
  /** A group of the directory with Ben and Chris in it. */
  const onDuty = '22222222-2222-2222-2222-222222222222';
  beforeAll(async () => {
    const channel = "channels: [{ id: '19:general@thread.tacv2', approvers: true }]";
    const more = `groups: { on-duty: ['group:${onDuty}'] }\nticket: { pattern: 'CHG(-?[0-9]+)+' }`;
    const config = `${roles(`'user:${ids.ben}', 'group:${onDuty}'`)}${channel}\n${more}`;
    bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
    await addMachines(bot.azure, 2);
    await bot.asks('ben', 'backup vaults');
  });
  beforeEach(() => void bot.rules.splice(0, bot.rules.length, rule));
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const askedBy = async (chat: BotChat, votes = '0 of 1'): Promise<BotChat> => {
    await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
    await chat.untilWaits(votes);
    return chat;
  };
  /** Ana asks in the channel itself, where approvers see it, or in her own chat. */
  const askedIn = async (vm: string) => askedBy(await bot.asks('ana', `backup ${vm}`));
  const askedAlone = async (vm: string) => {
    await bot.as('ana').asks(`backup ${vm}`);
    return askedBy(bot.as('ana'));
  };

  test('see requests from a personal chat, decide there, and both cards end without buttons and with the name', async () => {
    const ana = await askedAlone('vm-plain-01');
    const channel = await copyOf(bot);
    const copy = await channel.untilWaits('0 of 1');
    expect(copy.titles).toEqual([approve, deny]);
    // Nobody is named for break-glass, so no card has it and nobody can send it.
    const { request, digest } = copy.buttons[0]!.data;
    for (const verb of ['open-break-glass', 'break-glass']) {
      const inputs = { vm: 'vm-plain-01', reason: 'now' };
      const sent = await channel.sends({ verb, data: { request, digest }, inputs });
      expect(sent.text).toBe(say('refusal.not-break-glass'));
    }
    expect((await channel.as('ana').clicks(approve)).text).toBe(say('refusal.own-request'));
    await channel.clicks(approve);
    await ana.untilTitle(/vm-plain-01 is protected/);
    const ended = await channel.untilTitle('vm-plain-01: approved and started');
    expect(ended.titles).toEqual([]);
    expect(ended.text).toContain('Approved by Ben');
    expect(await bot.operationsIn(ana)).toHaveLength(1);
  });

  test('can list their pending requests, and decide on the card that opens; the requester withdraws from a list', async () => {
    const ana = await askedIn('vm-off-01');
    const [ben, own] = [bot.as('ben'), bot.as('ana')];
    await own.says('backup approvals');
    await own.untilTitle('Nothing is waiting for your approval');
    await ben.says('backup approvals');
    const list = await ben.untilTitle('One request is waiting for your approval');
    expect(list.text).toMatch(/vm-off-01[\s\S]*requested by Ana de Vries · 0 of 1 approvals · (3 h 59 min|4 h)/);
    // Nobody can open what they may not decide on.
    await own.says('backup approvals vm-off-01');
    expect((await own.untilTitle('Nothing is waiting for your approval')).titles).not.toContain(approve);
    await ben.clicks(say('requests.show'));
    expect((await ben.untilWaits('0 of 1', 'vm-off-01')).titles).toEqual([approve, deny]);
    await own.says('backup requests');
    await own.untilTitle('You have one open request');
    expect((await own.clicks(withdraw)).text).toBe(say('request.withdrawn', { vm: 'vm-off-01' }));
    await ana.untilTitle('request withdrawn');
    expect((await ben.untilTitle('request withdrawn')).titles).toEqual([]);
    await own.says('backup requests');
    await own.untilTitle('You have no open requests');
    expect(await bot.operationsIn(ana)).toEqual([]);
  });

  const named = (people: object) => ({
    ...rule,
    verdict: { deny: false as const, approval: { ...rule.verdict.approval, ...people } },
  });
  const passes = (minutes: number) =>
    sql`update approval_request set created_at = created_at - ${minutes} * interval '1 minute',
      ends_at = ends_at - ${minutes} * interval '1 minute', remind_at = remind_at - ${minutes} * interval '1 minute'
      where state = 'pending'`.execute(bot.database.db);
  const reminders = async (chat: BotChat) => (await chat.pings()).filter(({ text }) => text?.includes('still waiting'));

  test('are mentioned with the copy in their channel when it is posted, not at its edits; the requester is not', async () => {
    const { approval } = rule.verdict;
    bot.rules.splice(0, bot.rules.length, {
      ...rule,
      verdict: { deny: false, approval: { ...approval, approvals: 2 } },
    });
    bot.roles.push({ role: 'approver', to: { kind: 'user', id: ids.ana }, where: {} });
    bot.roles.push({ role: 'approver', to: { kind: 'user', id: ids.chris }, where: {} });
    await bot.as('ana').asks('backup vm-lock-01');
    const ana = await askedBy(bot.as('ana'), '0 of 2');
    const copy = await copyOf(bot);
    const posted = async () => {
      const [, id] = copy.place.split(';messageid=');
      return (await bot.lab.messages(copy.place.split(';')[0]!, 'ben')).find((one) => one.id === id)!;
    };
    const { text, entities, summary } = await posted();
    expect(text).toMatch(/^<at>Ben Jansen<\/at>, <at>Chris Meier<\/at>: .*Ana de Vries asks: protect vm-lock-01/);
    expect(summary).toContain('Ana de Vries asks: protect vm-lock-01');
    const mentioned = entities.flatMap((one) => (one as { mentioned?: { id: string } }).mentioned ?? []);
    expect(mentioned.map(({ id }) => id)).toEqual([ids.ben, ids.chris]);
    expect((await ana.card()).shown).not.toContain('Nobody has been notified');
    await copy.clicks(approve);
    await copy.untilWaits('1 of 2');
    // The answer to the press shows the new count before the message itself is edited.
    await copy.until('its edit', async () => (await posted()).text === '');
    expect((await posted()).entities).toEqual([]);
    expect(await copy.pings()).toEqual([]);
    await ana.clicks(withdraw);
    await copy.untilTitle('request withdrawn');
    bot.roles.splice(-2);
  });

  test('are mentioned below a request that is made in their channel, once; where nobody can be, its requester is told', async () => {
    const chat = await askedIn('vm-lock-01');
    const ring = await chat.untilTold('Ana de Vries asks: protect vm-lock-01');
    expect(ring.text).toContain(say('request.ring', { title: 'Ana de Vries asks: protect vm-lock-01' }));
    expect(JSON.stringify(ring.entities)).toContain(ids.ben);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
    expect(await chat.pings()).toHaveLength(1);
    // Only a group can approve: who is in it isn't known, so the copy in the channel notifies nobody.
    const [ben] = bot.roles.splice(
      bot.roles.findIndex(({ to }) => to.kind === 'user'),
      1,
    );
    const alone = await askedAlone('vm-lock-01');
    expect((await copyOf(bot)).place).toContain('messageid=');
    expect((await alone.card()).shown).toContain('Nobody has been notified. Ask an approver to type: backup approvals');
    bot.roles.push(ben!);
    await alone.clicks(withdraw);
    await alone.untilTitle('request withdrawn');
  });

  test('are reminded below the copy at half of the time and shortly before its end, once each, across a restart', async () => {
    const chat = await askedAlone('vm-cmk-01');
    expect((await chat.card()).text).toContain('Can approve: Ben Jansen and on-duty.');
    const channel = await copyOf(bot);
    await passes(121);
    const first = await channel.untilTold('vm-cmk-01 is still waiting');
    expect(first.text).toMatch(/Ben Jansen.*on-duty: vm-cmk-01 is still waiting for approval \(0 of 1\)/);
    await bot.restart();
    await passes(105);
    await channel.until('the last reminder', async () => (await reminders(channel)).length === 2);
    await channel.until('no other to be due', async () =>
      (await bot.rows('approval_request')).every(({ remind_at, state }) => state !== 'pending' || remind_at === null),
    );
    await bot.restart();
    const after = bot.in('ana', chat.place);
    await after.clicks(withdraw);
    await after.untilTitle('request withdrawn');
    expect(await reminders(bot.in('ben', channel.place))).toHaveLength(2);
    expect(await reminders(after)).toEqual([]);
  });

  test('named by a rule who never wrote to Kluis are named on its cards, and asked at half of the time if they have', async () => {
    bot.rules.splice(0, bot.rules.length, named({ named: [{ approvers: [`user:${ids.chris}`], fallback: [] }] }));
    const chat = await askedIn('vm-cmk-01');
    const missed = say('request.unreached', { who: 'Chris Meier', because: 'never-wrote' });
    // Nobody ever wrote to it in Slack either, so no workspace is known.
    await chat.until('their name', async () => (await chat.card()).text.includes(missed));
    const chris = bot.as('chris');
    await chris.asks('backup vaults');
    await passes(121);
    expect((await chris.untilWaits('0 of 1', 'vm-cmk-01')).titles).toEqual([approve, deny]);
    await chat.until('the card without it', async () => !(await chat.card()).text.includes(missed));
    await chat.clicks(withdraw);
    await chris.untilTitle('request withdrawn');
  });

  test('named by a rule are asked in person and only they count; their fallbacks do from half of the time on', async () => {
    const people = { named: [{ approvers: [`user:${ids.ben}`], fallback: [`user:${ids.chris}`] }] };
    bot.rules.splice(0, bot.rules.length, named(people));
    const [ben, chris] = [bot.as('ben'), bot.as('chris')];
    await Promise.all([ben.asks('backup vaults'), chris.asks('backup vaults')]);
    const chat = await askedIn('vm-sql-01');
    expect((await ben.untilWaits('0 of 1', 'vm-sql-01')).titles).toEqual([approve, deny]);
    expect((await chat.as('chris').clicks(approve)).text).toBe(say('refusal.not-approver'));
    expect((await chris.card()).title).not.toContain('asks');
    await passes(121);
    await chris.untilWaits('0 of 1', 'vm-sql-01');
    // The file is changed while it is pending: people who aren't among the new names don't count at the start either.
    bot.rules.splice(0, bot.rules.length, named({ named: [{ approvers: [`user:${ids.ben}`], fallback: [] }] }));
    await chris.clicks(approve);
    await chat.until('the approval to be dropped', async () =>
      (await bot.rows('audit')).some(({ entry }) => {
        const { move, state } = entry as { move?: string; state?: string };
        return move === 'start' && state === 'pending';
      }),
    );
    expect(await bot.operationsIn(chat)).toEqual([]);
    await ben.untilButton(approve);
    await ben.clicks(approve);
    await chat.untilTitle(/vm-sql-01 is protected/);
    expect((await ben.untilTitle('vm-sql-01: approved and started')).titles).toEqual([]);
  });

  test('every copy says after each vote how many approved it, of how many, and who; its end names all', async () => {
    const people = named({ named: [{ approvers: [`user:${ids.ben}`, `user:${ids.chris}`], fallback: [] }] });
    const approval = { ...people.verdict.approval, approvals: 2 };
    bot.rules.splice(0, bot.rules.length, { ...people, verdict: { deny: false, approval } });
    const [ben, chris] = [bot.as('ben'), bot.as('chris')];
    await Promise.all([ben.asks('backup vaults'), chris.asks('backup vaults')]);
    const own = await askedBy(await bot.asks('ana', 'backup vm-more-02'), '0 of 2');
    const copies = [own, ben, chris];
    for (const copy of copies) await copy.untilWaits('0 of 2', 'vm-more-02');
    await ben.clicks(approve);
    for (const copy of copies) {
      const card = await copy.untilWaits('1 of 2', 'vm-more-02');
      expect(card.text).toMatch(/Approved by Ben \w+/);
      // Who has approved it can still deny it.
      expect(card.titles).toEqual(expect.arrayContaining(copy === ben ? [deny] : [approve, deny]));
      expect(card.titles.includes(approve)).toBe(copy !== ben);
    }
    await chris.clicks(approve);
    await own.untilTitle(/vm-more-02 is protected/);
    for (const copy of [ben, chris]) {
      const card = await copy.untilTitle('vm-more-02: approved and started');
      expect(card.text).toMatch(/Approved by Ben \w+[\s\S]*Approved by Chris \w+/);
      expect(card.titles).toEqual([]);
    }
  });

  test('a rule may leave the start to the requester, and notify others who aren’t asked', async () => {
    bot.rules.splice(0, bot.rules.length, named({ quiet: [`user:${ids.chris}`], startedBy: 'requester' }));
    await bot.as('chris').asks('backup vaults');
    const chat = await askedIn('vm-off-01');
    const told = await bot.as('chris').untilWaits('0 of 1', 'vm-off-01');
    expect(told.titles).toEqual([]);
    expect(told.text).toContain('For your information');
    await chat.as('ben').clicks(approve);
    await chat.untilTitle('vm-off-01: approved, not started yet');
    await chat.until('a mention', async () => (await chat.pings()).some(({ text }) => text?.includes('press Start')));
    expect((await chat.as('ben').clicks(say('button.begin'))).text).toBe(say('refusal.not-your-start'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(say('button.begin'));
    await chat.untilTitle(/vm-off-01 is protected/);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test('a start that a changed rule now leaves to the requester waits for them', async () => {
    const chat = await askedIn('vm-more-01');
    bot.rules.splice(0, bot.rules.length, named({ startedBy: 'requester' }));
    await chat.as('ben').clicks(approve);
    await chat.untilTitle('vm-more-01: approved, not started yet');
    await chat.until('a mention', async () => (await chat.pings()).some(({ text }) => text?.includes('press Start')));
    expect((await chat.as('ben').clicks(say('button.begin'))).text).toBe(say('refusal.not-your-start'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(say('button.begin'));
    await chat.untilTitle(/vm-more-01 is protected/);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test('a shortened time applies to an open request: approved after it, it ends, and so does a late start', async () => {
    const late = await askedIn('vm-cmk-01');
    await passes(120);
    bot.rules.splice(0, bot.rules.length, named({ withinMs: 30 * 60_000 }));
    await late.as('ben').clicks(approve);
    await late.untilTitle('vm-cmk-01: nobody approved it in time');
    expect(await bot.operationsIn(late)).toEqual([]);
    bot.rules.splice(0, bot.rules.length, named({ startedBy: 'requester' }));
    const held = await askedIn('vm-cmk-01');
    await held.as('ben').clicks(approve);
    await held.untilTitle('vm-cmk-01: approved, not started yet');
    await sql`update approval_request set approved_at = approved_at - interval '30 minutes',
      ends_at = ends_at - interval '30 minutes' where state = 'approved'`.execute(bot.database.db);
    bot.rules.splice(0, bot.rules.length, named({ startedBy: 'requester', startMs: 10 * 60_000 }));
    await held.clicks(say('button.begin'));
    await held.untilTitle('vm-cmk-01: approved, but not started in time');
    expect(await bot.operationsIn(held)).toEqual([]);
  });

  test('a request has its ticket, of the form in the file; if one is required nothing is requested without', async () => {
    const chat = await bot.asks('ana', 'backup vm-lock-01');
    const only = (await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask;
    const wrong = await chat.clicks(only, { ticket: 'INC12' });
    expect(wrong.text).toBe(say('refusal.ticket-wrong', { ticket: 'INC12' }));
    // An engine that backtracks would be busy with this one for years, and with it the whole process.
    const slow = `CHG${'1'.repeat(50)}!`;
    expect((await chat.clicks(only, { ticket: slow })).text).toBe(say('refusal.ticket-wrong', { ticket: slow }));
    const settings = bot.deps.ticket as { required: boolean };
    settings.required = true;
    expect((await chat.clicks(only)).text).toBe(say('refusal.ticket-missing'));
    bot.rules.push({ ...rule, operation: 'back-up-now' });
    const typed = await bot.thread('ana', 'backup now vm-app-01');
    await typed.untilTitle(/ticket/);
    settings.required = false;
    const open = async () => (await bot.rows('approval_request')).filter(({ state }) => state === 'pending');
    expect(await open()).toEqual([]);
    await chat.clicks(only, { ticket: ' CHG0042 ' });
    await chat.untilWaits('0 of 1');
    expect((await chat.card()).text).toContain('CHG0042');
    expect(await open()).toMatchObject([{ ticket: 'CHG0042' }]);
    const told = (await bot.rows('audit')).map(({ entry }) => entry as { move?: string; ticket?: string });
    expect(told.filter(({ move, ticket }) => move === 'ask' && ticket === 'CHG0042')).toHaveLength(1);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
  });

  test('somebody removed from the group between their approval and the start doesn’t count', async () => {
    const chat = await askedIn('vm-cmk-01');
    const { directory } = await bot.azure.state('directory');
    let paused = 0;
    let goOn = () => {};
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'lookup:before-commit') return;
      paused += 1;
      if (paused === 1) await new Promise<void>((resolve) => (goOn = resolve));
    };
    await chat.as('chris').clicks(approve);
    await chat.until('the pause', () => paused > 0);
    const left = directory.groups.map((group) => (group.id === onDuty ? { ...group, members: [ids.ben] } : group));
    await bot.azure.change({ directory: { ...directory, groups: left } });
    const lookUps = async () => (await bot.azure.requests('POST', /c1\/checkMemberGroups/)).length;
    const known = await lookUps();
    bot.ahead = 61_000;
    goOn();
    // Not just any reading: the one before the last asks the directory nothing.
    await eventually('the directory to be asked again', async () => (await lookUps()) > known);
    bot.ahead = 0;
    bot.failpoint = () => {};
    await chat.untilWaits('0 of 1');
    await bot.azure.change({ directory });
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
  });

  /** Ben approves it on the copy, and at the start this has happened. */
  const approvedThen = async (copy: BotChat, happens: () => void) => {
    bot.failpoint = (failpoint) => {
      if (failpoint !== 'lookup:before-commit') return;
      bot.failpoint = () => {};
      happens();
    };
    await copy.clicks(approve);
  };
  const moves = async () => (await bot.rows('audit')).map(({ entry }) => entry as Record<string, unknown>);

  test('read on every copy that it was refused at its start, why, and what next; it isn’t told otherwise later', async () => {
    bot.rules.splice(0, bot.rules.length, named({ quiet: [`user:${ids.chris}`] }));
    await bot.as('chris').inDutch().asks('backup vaults');
    const ana = await askedAlone('vm-lock-01');
    const copy = await copyOf(bot);
    const { request, digest } = (await copy.untilWaits('0 of 1')).buttons[0]!.data;
    const denies = { ...rule, verdict: { deny: true as const } };
    await approvedThen(copy, () => void bot.rules.push(denies));
    const title = { vm: 'vm-lock-01' };
    const ended = await copy.untilTitle(say('request.refused', title));
    expect(ended.titles).toEqual([]);
    const [who, rows] = [{ who: 'Ana de Vries' }, () => bot.rows('approval_request')];
    const blocked = { what: say('may.protect'), on: 'vm-lock-01', named: 'yes' };
    for (const text of [say('ruled.denied', blocked), say('request.line-refused', who), 'Approved by Ben'])
      expect(ended.text).toContain(text);
    const told = await bot.as('chris').untilTitle(nl('request.refused', title));
    for (const text of [nl('ruled.denied', { ...blocked, what: nl('may.protect') }), nl('request.line-refused', who)])
      expect(told.text).toContain(text);
    const own = await ana.untilTitle(say('request.refused', title));
    expect(own.titles).toEqual([say('button.ask-anew')]);
    expect(own.text).toContain(say('ruled.denied', blocked));
    await ana.until('a mention', async () =>
      (await ana.pings()).some(({ text }) => text?.includes('when it was about')),
    );
    // Nothing ends it a second time, and a late press doesn't count.
    const row = (await rows()).find(({ id }) => id === request);
    expect(row).toMatchObject({ state: 'refused', ends_at: null, operation_id: null, votes: [{ person: ids.ben }] });
    expect((await copy.sends({ verb: 'approve', data: { request, digest } })).text).toContain('refused at its start');
    expect((await moves()).filter((entry) => entry['request'] === request).at(-1)).toMatchObject({
      ...{ what: 'approval', move: 'refuse', state: 'refused' },
      because: { refused: 'denied-by-rule', params: { on: 'vm-lock-01' } },
    });
    bot.rules.pop();
    await ana.clicks(say('button.ask-anew'));
    await ana.untilLooked();
    await askedBy(ana);
    await ana.clicks(withdraw);
    await ana.untilTitle('request withdrawn');
  });

  test('read what the requester lacks only as far as it isn’t their own affair', async () => {
    const ana = await askedAlone('vm-lock-01');
    const copy = await copyOf(bot);
    const all = [...bot.roles];
    const operator = { role: 'operator', to: { kind: 'user', id: ids.ben }, where: {} } as const;
    const others = all.filter(({ role }) => role !== 'operator');
    await approvedThen(copy, () => void bot.roles.splice(0, bot.roles.length, ...others, operator));
    const ended = await copy.untilTitle('vm-lock-01: approved, but refused at its start');
    const own = await ana.untilTitle('vm-lock-01: approved, but refused at its start');
    bot.roles.splice(0, bot.roles.length, ...all);
    const short = say('refused.asker-may-not', { who: 'Ana de Vries', what: say('may.protect') });
    for (const { text } of [ended, own]) expect(text).toContain(short);
    expect(own.text).toContain('needs the operator role');
    expect(ended.text).not.toContain('operator');
  });

  test('read nothing of an end while it is only unknown who can do what: it starts once that is known', async () => {
    const chat = await askedAlone('vm-lock-01');
    const copy = await copyOf(bot);
    const due = () => sql`update dialog set look_due_at = now() where look is not null`.execute(bot.database.db);
    let looks = 0;
    bot.failpoint = (failpoint) => {
      if (failpoint === 'lookup:before-commit') [looks, bot.ahead] = [looks + 1, 11_000];
    };
    await withoutPulse(bot, async () => {
      await copy.clicks(approve);
      await eventually('several looks', async () => (await due()) && looks > 2);
      await copy.untilTitle('vm-lock-01: approved, starting');
      bot.failpoint = () => {};
      bot.ahead = 0;
    });
    await due();
    await chat.untilTitle(/vm-lock-01 is protected/);
    await copy.untilTitle('vm-lock-01: approved and started');
  });
});

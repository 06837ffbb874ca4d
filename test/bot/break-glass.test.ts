import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import type { Rule } from '../../src/people/rules.ts';
import { ROLE, SUBSCRIPTION } from '../../src/sim/estate/known.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { withoutPulse } from '../support/without-pulse.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ask = say('button.ask-approval');
const open = say('button.break-glass');
const go = say('glass.go');
const review = say('glass.review');
const withdraw = say('button.withdraw');

const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
/** A group of the directory with Ben and Chris in it. */
const onDuty = '22222222-2222-2222-2222-222222222222';
const approval = { approvals: 2, withinMs: 4 * 3_600_000, startMs: 3_600_000 };
const rule: Rule = { operation: 'protect', match: {}, verdict: { deny: false, approval } };
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ana}', 'user:${ids.ben}']
groups: { night: ['group:${onDuty}'] }
breakGlass: { group: night, perMonth: 20 }
channels: [{ id: '19:general@thread.tacv2', approvers: true }]
`;

let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = [...(await addMachines(bot.azure, 15))];
  await bot.asks('ben', 'backup vaults');
});
beforeEach(() => {
  bot.rules.splice(0, bot.rules.length, rule);
  (bot.deps.breakGlass as { perMonth: number }).perMonth = 20;
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const requests = () => bot.rows('approval_request');
const requestOf = async (vm: string) =>
  (await requests()).find(({ plan }) => (plan as { vms: { name: string }[] }).vms[0]?.name === vm)!;
const audited = async (what: string) =>
  (await bot.rows('audit'))
    .map(({ entry }) => entry as Record<string, unknown>)
    .filter((entry) => entry['what'] === what);

/** Ana asks for approval of a protection; resolves with the VM and the thread, which is waiting. */
async function asked(
  person: 'ana' | 'chris' = 'ana',
  isAlone = false,
  of = '0 of 2',
): Promise<{ vm: string; chat: BotChat }> {
  const vm = vms.pop()!;
  const chat = isAlone ? bot.as(person) : await bot.asks(person, `backup ${vm}`);
  if (isAlone) await chat.asks(`backup ${vm}`);
  await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
  await chat.untilWaits(of);
  return { vm, chat };
}

/** Somebody opens the form, fills it in and sends it. */
async function breaks(chat: BotChat, inputs: { vm: string; reason: string }) {
  expect((await chat.clicks(open)).text).toBe(say('glass.open'));
  await chat.untilButton(go);
  return chat.clicks(go, inputs);
}

/** The last state of the operation's or request's card with this title. */
const cardWith = (chat: BotChat, title: string) =>
  chat.until(`a card titled ${title}`, async () => {
    const all = await chat.cards();
    return all.map(({ card }) => JSON.stringify(card)).find((card) => card.includes(title));
  });

/** The thread below the copy in the approvers' channel. */
async function copyOf(vm: string): Promise<BotChat> {
  const [copy] = (await requestOf(vm)).copies as { message: string; conversation: string }[];
  const posted = async () => (await bot.rows('message')).find(({ id }) => id === copy!.message)?.platform_id;
  return bot.in('ben', `19:general@thread.tacv2;messageid=${await bot.as('ben').until('the copy', posted)}`);
}

test('a named person starts it by typing its name and a reason; all approvers are told, and one of them reviews it', async () => {
  const quiet = { ...approval, quiet: [`user:${ids.ben}`] };
  bot.rules.splice(0, bot.rules.length, { ...rule, verdict: { deny: false, approval: quiet } });
  await bot.as('ben').asks('backup vaults');
  const { vm, chat } = await asked('ana', true);
  const channel = await copyOf(vm);
  const chris = channel.as('chris');
  // Whom it isn't for has no button on a card of their own, and none that they send themselves works.
  expect((await chat.card()).titles).toEqual([withdraw]);
  const opens = (await channel.card()).buttons.find(({ title }) => title === open)!;
  expect((await chat.sends({ ...opens, inputs: {} })).text).toBe(say('refusal.not-break-glass'));
  await chris.clicks(open);
  await chris.untilButton(go);
  expect((await chris.clicks(say('button.close'))).card?.title).toContain(say('glass.form-closed'));
  expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
  const wrong = await breaks(chris, { vm: vm.toUpperCase(), reason: 'the disk is dying' });
  expect(wrong.card?.inputs['vm']?.label).toContain(say('refusal.break-glass-name'));
  expect(wrong.card?.inputs['reason']?.value).toBe('the disk is dying');
  const empty = await chris.clicks(go, { vm, reason: '  ' });
  expect(empty.card?.inputs['reason']?.label).toContain(say('refusal.break-glass-reason'));
  expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
  expect(await bot.rows('break_glass')).toEqual([]);
  await chris.clicks(go, { vm, reason: 'the disk is dying' });
  await cardWith(chat, `${vm} is protected`);
  expect(await bot.operationsIn(chat)).toHaveLength(1);
  expect(await cardWith(chat, 'started this by break-glass')).toContain('Not reviewed yet.');
  expect((await channel.untilTitle(say('glass.to-review', { vm }))).text).toContain('the disk is dying');
  const told = `${(await chris.self()).name} broke the glass: ${vm} starts without approval (0 of 2). Reason: the disk is dying.`;
  for (const place of [channel, bot.as('ben'), chat]) await place.untilTold(told);
  expect(await audited('break-glass')).toMatchObject([
    { glass: { person: ids.chris, reason: 'the disk is dying', typed: vm }, requester: { id: ids.ana } },
  ]);
  // Neither the requester nor anybody without the role reviews it.
  expect((await channel.as('ana').clicks(review)).text).toBe(say('refusal.own-review'));
  expect((await chris.clicks(review)).text).toBe(say('refusal.not-approver'));
  const [ben, before] = [bot.as('ben'), (await bot.as('ben').cards()).length];
  await ben.says('backup approvals');
  await ben.until('the list', async () => (await ben.cards()).length > before);
  expect((await ben.card()).title).toContain(say('requests.title-reviews', { approvals: 0, reviews: 1 }));
  await channel.clicks(review, { note: 'right call' });
  expect((await channel.untilTitle(say('glass.closed', { vm }))).text).toContain('Reviewed by Ben');
  expect((await channel.card()).text).toContain('right call');
  await cardWith(chat, 'Reviewed by Ben');
  expect(await audited('break-glass-review')).toMatchObject([{ glass: { review: { person: ids.ben } } }]);
  expect((await channel.sends({ verb: 'review', data: await claimOf(vm) })).text).toContain('already');
});

const claimOf = async (vm: string) => {
  const { id, digest } = await requestOf(vm);
  return { request: id, digest };
};

test('the started job says who did it, and that nobody has reviewed it yet; after the review it names the reviewer', async () => {
  bot.rules.splice(0, bot.rules.length, { ...rule, operation: 'back-up-now' });
  const chat = bot.as('ana');
  await chat.asks('backup now vm-app-01');
  await chat.untilWaits('0 of 2');
  const channel = await copyOf('vm-app-01');
  await breaks(channel.as('chris'), { vm: 'vm-app-01', reason: 'the disk is dying' });
  await cardWith(chat, 'vm-app-01 is backed up');
  const job = async () => (await (await bot.asks('ben', 'backup job vm-app-01')).card()).text;
  const { name } = await chat.as('chris').self();
  const told = (reviewed: 'yes' | 'no', by = '') =>
    say('glass.on-card', { name, reason: 'the disk is dying', reviewed, by });
  const first = await job();
  expect(first).toMatch(/Started by\W+Ana de Vries/);
  expect(first).toContain(told('no'));
  await channel.clicks(review);
  await cardWith(chat, 'Reviewed by Ben');
  expect(await job()).toContain(told('yes', (await chat.as('ben').self()).name));
});

test('it covers no other attempt: what failed needs approvals, or another break-glass', async () => {
  const { vm, chat } = await asked();
  const error = { code: 'UserErrorSomething', message: 'No.' };
  await bot.azure.fault({ match: { method: 'PUT', path: `protectedItems/.*${vm}` }, status: 400, body: { error } });
  await breaks(chat.as('chris'), { vm, reason: 'now' });
  await cardWith(chat, `❌ ${vm}`);
  await bot.azure.mend();
  await chat.asks(`backup ${vm}`);
  await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
  await chat.untilWaits('0 of 2');
  const [first] = (await requests()).filter(({ glass }) => glass !== null).slice(-1);
  const [again] = (await requests()).slice(-1);
  expect(again).toMatchObject({ digest: first!.digest, state: 'pending' });
  expect(await bot.operationsIn(chat)).toHaveLength(1);
  await chat.clicks(withdraw);
});

test('the requester may do it; an approver who did it can’t review it', async () => {
  const { vm, chat } = await asked('chris');
  await breaks(chat.as('ben'), { vm, reason: 'now' });
  await cardWith(chat, `${vm} is protected`);
  await chat.untilButton(review);
  expect((await chat.as('ben').clicks(review)).text).toBe(say('refusal.own-break-glass'));
  await chat.as('ana').clicks(review);
  await chat.untilTitle(say('glass.closed', { vm }));
  // Only Ana was asked; Ben would have been, later.
  for (const one of ['ana', 'ben'] as const) await bot.as(one).asks('backup vaults');
  const named = [{ approvers: [`user:${ids.ana}`], fallback: [`user:${ids.ben}`] }];
  bot.rules.splice(0, bot.rules.length, { ...rule, verdict: { deny: false, approval: { ...approval, named } } });
  const own = await asked('chris');
  await breaks(own.chat, { vm: own.vm, reason: 'mine' });
  await cardWith(own.chat, `${own.vm} is protected`);
  for (const one of ['ana', 'ben'] as const)
    await bot
      .as(one)
      .until('the message', async () =>
        (await bot.as(one).pings()).some(({ text }) => text?.includes(`broke the glass: ${own.vm}`)),
      );
  expect((await own.chat.pings()).filter(({ text }) => text?.includes('broke the glass'))).toHaveLength(1);
});

test('it replaces approvals and nothing else: a denying rule still denies, and another plan doesn’t start', async () => {
  const { vm, chat } = await asked();
  await chat.as('chris').clicks(open);
  await chat.untilButton(go);
  bot.rules.push({ operation: 'protect', match: { vm }, verdict: { deny: true } });
  expect((await chat.as('chris').clicks(go, { vm, reason: 'now' })).text).toContain(vm);
  expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
  bot.rules.splice(0, bot.rules.length);
  const other = await bot.asks('ben', `backup ${vm}`);
  await other.clicks('Protect only');
  await other.untilTitle(`${vm} is protected`);
  bot.rules.push(rule);
  await chat.as('chris').clicks(go, { vm, reason: 'now' });
  await chat.until('its end', async () => (await requestOf(vm)).ends_at === null);
  expect(await requestOf(vm)).toMatchObject({ operation_id: null });
  expect(await bot.operationsIn(chat)).toEqual([]);
});

test('two at the same time compete for the last one of the month, and a second press by the same person starts nothing twice', async () => {
  const [one, two] = [await asked(), await asked()];
  for (const { chat } of [one, two]) {
    await chat.as('chris').clicks(open);
    await chat.untilButton(go);
  }
  // All of this month, even if one has just begun.
  await sql`update break_glass set at = now()`.execute(bot.database.db);
  const used = (await bot.rows('break_glass')).length;
  (bot.deps.breakGlass as { perMonth: number }).perMonth = used + 1;
  const perMonth = used + 1;
  for (const { chat } of [one, two]) await chat.as('chris').clicks(open); // draws the form anew
  await cardWith(one.chat, say('glass.left', { left: 1, perMonth }));
  await cardWith(two.chat, say('glass.left', { left: 1, perMonth }));
  const press = ({ vm, chat }: typeof one, person: 'ben' | 'chris') =>
    chat.as(person).clicks(go, { vm, reason: 'now' });
  const answers = await Promise.all([press(one, 'ben'), press(one, 'chris'), press(two, 'ben'), press(two, 'chris')]);
  const no = answers.filter(({ text }) => text !== null);
  expect(no).toHaveLength(3);
  expect(await bot.rows('break_glass')).toHaveLength(used + 1);
  const states = await Promise.all([one, two].map(async ({ vm }) => (await requestOf(vm)).glass !== null));
  expect(states.filter(Boolean)).toHaveLength(1);
  const [begun, not] = states[0] ? [one, two] : [two, one];
  await cardWith(begun.chat, `${begun.vm} is protected`);
  // The other request and its form say so, and offer it no longer; a press that was made by hand is refused.
  const none = `Break-glass: 0 of ${perMonth} left until 1 `;
  await not.chat.until('none left', async () => {
    const cards = (await not.chat.cards()).map(({ card }) => viewOf(card));
    const [, form] = [cards.at(-2), cards.at(-1)];
    return (
      cards.slice(-2).every(({ text }) => text.includes(none)) &&
      !cards.some(({ titles }) => titles.includes(open)) &&
      !form!.titles.includes(go)
    );
  });
  const { id, digest } = await requestOf(not.vm);
  const forged = { verb: 'open-break-glass', data: { request: id, digest } };
  expect((await not.chat.as('chris').sends(forged)).text).toBe(say('refusal.break-glass-limit'));
  expect(await bot.operationsIn(begun.chat)).toHaveLength(1);
  expect(await bot.operationsIn(not.chat)).toEqual([]);
  // Last month's don't count.
  await sql`update break_glass set at = date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - interval '1 second'`.execute(
    bot.database.db,
  );
  await not.chat.as('chris').sends(forged);
  await not.chat.untilButton(go);
  await press(not, 'chris');
  await cardWith(not.chat, `${not.vm} is protected`);
});

test('approvers are reminded of the review daily below the copy, across a restart, until it is closed', async () => {
  const { vm, chat } = await asked('ana', true);
  const channel = await copyOf(vm);
  await breaks(channel.as('chris'), { vm, reason: 'now' });
  await cardWith(chat, `${vm} is protected`);
  const dayPasses = () =>
    sql`update approval_request set remind_at = remind_at - interval '1 day' where id = ${idOf}`.execute(
      bot.database.db,
    );
  const { id: idOf } = await requestOf(vm);
  const inHours = async () => ((await requestOf(vm)).remind_at!.getTime() - Date.now()) / 3_600_000;
  expect(await inHours()).toBeGreaterThan(23.9);
  const reminders = async () => (await channel.pings()).filter(({ text }) => text?.includes("isn't reviewed yet"));
  await bot.stop();
  await dayPasses();
  await bot.start();
  const first = await bot.in('ben', channel.place).until('a reminder', async () => (await reminders())[0]);
  expect(first.text).toContain(`${vm} was started by break-glass by Chris`);
  expect(await inHours()).toBeGreaterThan(23.9);
  await dayPasses();
  await bot.in('ben', channel.place).until('the next', async () => (await reminders()).length === 2);
  await bot.in('ben', channel.place).clicks(review);
  await bot.in('ben', channel.place).untilTitle(say('glass.closed', { vm }));
  await dayPasses();
  await bot.restart();
  await bot.asks('ben', 'backup vaults');
  expect(await reminders()).toHaveLength(2);
});

test('somebody removed from the group between the click and the start doesn’t count', async () => {
  const { vm, chat } = await asked();
  const { directory } = await bot.azure.state('directory');
  let paused = 0;
  let goOn = () => {};
  bot.failpoint = async (failpoint) => {
    if (failpoint !== 'lookup:before-commit') return;
    paused += 1;
    if (paused === 1) await new Promise<void>((resolve) => (goOn = resolve));
  };
  await breaks(chat.as('chris'), { vm, reason: 'now' });
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
  await chat.until('the wait', async () => (await requestOf(vm)).state === 'pending');
  await bot.azure.change({ directory });
  expect(await bot.operationsIn(chat)).toEqual([]);
  expect(await requestOf(vm)).toMatchObject({ glass: null });
  await chat.until('the card', () => chat.messageWith(withdraw).catch(() => null));
  await bot.untilTrusted();
  await chat.clicks(withdraw);
  await chat.until('its end', async () => (await requestOf(vm)).state === 'withdrawn');
});

test('a guest of the tenant decides nothing, breaks no glass, and is told so; what they approved before doesn’t start', async () => {
  const { chat } = await asked();
  const { directory } = await bot.azure.state('directory');
  const guests = (...guestIds: string[]) =>
    bot.azure.change({
      directory: {
        ...directory,
        people: directory.people.map((one) => (guestIds.includes(one.id) ? { ...one, guest: true as const } : one)),
      },
    });
  const later = async (...guestIds: string[]) => {
    await guests(...guestIds);
    // The directory's answer is used for a minute, and never after a clock was set back behind it.
    bot.ahead = 61_000;
    for (const one of ['ben', 'chris'] as const) await bot.as(one).says('backup help');
    bot.ahead = 0;
    await bot.untilTrusted();
  };
  await later(ids.ben, ids.chris);
  expect((await chat.as('ben').clicks(say('button.approve'))).text).toBe(say('refusal.no-guests'));
  expect((await chat.as('chris').clicks(open)).text).toBe(say('refusal.no-guests'));
  await bot.as('ben').asks('backup approvals');
  await bot.as('ben').untilTitle('Nothing is waiting for your approval');
  await later();
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilWaits('1 of 2');
  expect((await chat.as('ben').clicks(say('button.approve'))).text).toBe(say('refusal.voted-already'));
  await chat.clicks(withdraw);
  bot.rules.splice(0, bot.rules.length, {
    ...rule,
    verdict: { deny: false, approval: { ...approval, approvals: 1, startedBy: 'requester' } },
  });
  const other = await asked('ana', false, '0 of 1');
  await other.chat.as('ben').clicks(say('button.approve'));
  await other.chat.untilButton(say('button.begin'));
  await later(ids.ben);
  await other.chat.clicks(say('button.begin'));
  await other.chat.untilWaits('0 of 1');
  expect(await bot.operationsIn(other.chat)).toEqual([]);
  await later();
});

test('the glass of a grant says how far the access goes, before it is broken', async () => {
  bot.rules.splice(0, bot.rules.length, { ...rule, operation: 'grant-key-vault-access' });
  const chat = await bot.asks('ana', 'backup vm-web-02');
  await chat.clicks(`${say('button.ask-approval')}: ${say('button.grant-key-vault-access')}`);
  await chat.untilWaits('0 of 2');
  await chat.as('chris').clicks(open);
  await chat.untilButton(go);
  const reach = /in kv-web-weu, for every key and secret: .*also unblocks vm-app-02 and vm-web-01/;
  expect((await chat.as('chris').card()).shown).toMatch(reach);
  expect(await bot.azure.writes(/accessPolicies/)).toEqual([]);
});

describe('what else has to be in order still has to', () => {
  const elsewhere = say('ruled.elsewhere');
  const writes = (vm: string) => bot.azure.writes(new RegExp(vm));
  afterEach(() => {
    bot.failpoint = () => {};
  });

  /** Whose own role in Azure lets them protect VMs. */
  async function ownersAre(...owners: string[]): Promise<void> {
    const { roleAssignments } = await bot.azure.state('roleAssignments');
    const common = { scope: `/subscriptions/${SUBSCRIPTION}`, roleId: ROLE.owner, principalType: 'User' as const };
    const given = owners.map((principalId) => ({
      ...common,
      name: principalId,
      principalId,
      created: '2025-09-01T09:00:00.0000000Z',
    }));
    const others = roleAssignments.filter(({ principalType }) => principalType === 'ServicePrincipal');
    await bot.azure.change({ roleAssignments: [...others, ...given] });
  }

  test('azureRole: who breaks the glass needs the role when they press, and the requester when it starts', async () => {
    bot.rules.splice(0, 1, { ...rule, azureRole: true });
    await ownersAre(ids.ana);
    const { vm, chat } = await asked();
    const chris = chat.as('chris');
    expect((await chris.clicks(open)).text).toContain('Missing on rsv-prod-weu (rg-backup): Backup Operator');
    await ownersAre(ids.ana, ids.chris);
    await chris.clicks(open);
    await chris.untilButton(go);
    await ownersAre(ids.ana);
    expect((await chris.clicks(go, { vm, reason: 'now' })).text).toContain('Missing on rsv-prod-weu');
    expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
    await ownersAre(ids.ana, ids.chris);
    bot.failpoint = (failpoint) => (failpoint === 'lookup:before-commit' ? ownersAre(ids.chris) : undefined);
    await chris.clicks(go, { vm, reason: 'now' });
    await cardWith(chat, 'Missing on rsv-prod-weu');
    await cardWith(chat, say('glass.refused', { vm }));
    expect(await requestOf(vm)).toMatchObject({ state: 'refused', ends_at: null, operation_id: null });
    expect(await writes(vm)).toEqual([]);
  });

  test('a view-only channel: no glass is broken there, and what waits there doesn’t start from elsewhere either', async () => {
    const [setting] = bot.channels;
    const { vm, chat } = await asked();
    const own = bot.as('chris');
    await own.asks(`backup approvals ${vm}`);
    bot.channels.splice(0, 1, { ...setting!, operations: [] });
    try {
      expect((await chat.as('chris').clicks(open)).text).toContain(elsewhere);
      expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
      await breaks(own, { vm, reason: 'now' });
      await cardWith(chat, elsewhere);
      await cardWith(own, say('glass.refused', { vm }));
      expect(await requestOf(vm)).toMatchObject({ state: 'refused', ends_at: null, operation_id: null });
      expect(await writes(vm)).toEqual([]);
    } finally {
      bot.channels.splice(0, 1, setting!);
    }
  });

  test('an old heartbeat: no glass is broken, and one that was broken before starts nothing until there is a new one', async () => {
    const { vm, chat } = await asked();
    const chris = chat.as('chris');
    await chris.clicks(open);
    await chris.untilButton(go);
    const used = (await bot.rows('break_glass')).length;
    await withoutPulse(bot, async () => {
      bot.ahead = 11_000;
      for (const pressed of [await chris.clicks(open), await chris.clicks(go, { vm, reason: 'now' })])
        expect(pressed.text).toContain(say('refusal.not-trusted-now'));
      bot.ahead = 0;
    });
    expect(await requestOf(vm)).toMatchObject({ state: 'pending', glass: null });
    expect(await bot.rows('break_glass')).toHaveLength(used);
    await bot.untilTrusted();
    let looks = 0;
    bot.failpoint = (failpoint) => {
      if (failpoint === 'lookup:before-commit') [looks, bot.ahead] = [looks + 1, 11_000];
    };
    await withoutPulse(bot, async () => {
      await chris.clicks(go, { vm, reason: 'now' });
      await eventually('several looks', async () => {
        await sql`update dialog set look_due_at = now() where look is not null`.execute(bot.database.db);
        return looks > 2;
      });
      expect(await bot.operationsIn(chat)).toEqual([]);
      expect(await requestOf(vm)).toMatchObject({ state: 'approved', glass: { person: ids.chris } });
      bot.failpoint = () => {};
      bot.ahead = 0;
    });
    await sql`update dialog set look_due_at = now() where look is not null`.execute(bot.database.db);
    await cardWith(chat, `${vm} is protected`);
    expect(await bot.rows('break_glass')).toHaveLength(used + 1);
  });
});

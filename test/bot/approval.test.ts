import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ask = say('button.ask-approval');
const approve = say('button.approve');
const deny = say('button.deny');
const withdraw = say('button.withdraw');

const rule = {
  operation: 'protect',
  match: {},
  verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000 } },
} as const;
const startsAlone = { ...rule, verdict: { deny: false, approval: 'operator' } } as const;
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

describe('a plan that needs a second person', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({
      database: 'postgres',
      config: roles(`'user:${ids.ana}', 'user:${ids.ben}'`),
      leases: { sweep: 200, forget: 500 },
    });
  });
  beforeEach(() => {
    bot.rules.splice(0, bot.rules.length, rule);
    bot.ahead = 0;
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  /** Ana asks for approval of a protection; resolves when the card is waiting. */
  const asked = async (vm: string): Promise<BotChat> => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    const title = (await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask;
    await chat.clicks(title);
    await chat.untilWaits('0 of 1');
    return chat;
  };
  /** Ben approves it, and the first reading before the start is blocked until it is released. */
  const approvedAndHeld = async (chat: BotChat): Promise<() => void> => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    bot.failpoint = (failpoint) => (failpoint === 'lookup:before-commit' ? held : undefined);
    await chat.as('ben').clicks(approve);
    await chat.until('an approval', async () => (await requestOf(chat))[0]?.state === 'approved');
    return () => {
      bot.failpoint = () => {};
      goOn();
    };
  };
  const protects = async () => (await bot.azure.writes()).filter(({ path }) => path.includes('/protectedItems/'));
  const requestOf = async (chat: BotChat) => {
    const dialogs = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
    const requests = await bot.rows('approval_request');
    return requests.filter(({ dialog_id }) => dialogs.some(({ id }) => id === dialog_id));
  };

  test('an exception to the rule on the KEK is approved by somebody else, applies until its end by the database’s clock, and allows the backup', async () => {
    bot.rules.splice(0, bot.rules.length, startsAlone);
    const chat = await bot.asks('ana', 'backup vm-bek-01');
    await chat.clicks(say('button.ask-exception'));
    await chat.untilTitle(say('exception.title', { vm: 'vm-bek-01' }));
    const now = Date.now(); // the days count from the card, even if midnight passes
    const day = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10);
    for (const until of [day(0), day(-1), day(91), '2026-02-31', 'soon'])
      expect((await chat.clicks(ask, { reason: 'until the migration', until })).text).toBe(
        say('refusal.exception-date'),
      );
    expect((await chat.clicks(ask, { reason: ' ', until: day(90) })).text).toBe(say('refusal.exception-reason'));
    expect(await bot.rows('approval_request')).toEqual([]);
    await chat.clicks(ask, { reason: 'until the migration', until: day(90) });
    await chat.untilWaits('0 of 1');
    expect((await chat.clicks(approve)).text).toBe(say('refusal.own-request'));
    expect(await bot.rows('kek_exception')).toEqual([]);
    await chat.as('ben').clicks(approve);
    await chat.untilTitle(say('closing.exception', { vm: 'vm-bek-01' }));
    expect(await bot.rows('kek_exception')).toMatchObject([
      { vm_name: 'vm-bek-01', reason: 'until the migration', asked_by: 'Ana de Vries', allowed_by: 'Ben Jansen' },
    ]);
    const told = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; does?: string });
    expect(told.some(({ what, does }) => what === 'write' && does === 'allow-vm-without-kek')).toBe(true);
    await bot.as('ben').asks('backup approvals');
    expect((await bot.as('ben').card()).text).toMatch(/Allowed without a KEK[^]*vm-bek-01[^]*by Ben Jansen/);
    await (await bot.asks('ana', 'backup exception vm-bek-01')).untilTitle(say('exception.holds', { vm: 'vm-bek-01' }));
    const asking = async () => bot.asks('ana', 'backup vm-bek-01');
    // This process's clock doesn't matter: the database's time decides.
    bot.ahead = 91 * 86_400_000;
    const during = await asking();
    expect((await during.card()).text).toMatch(/Allowed without KEK until .*, by Ben Jansen\./);
    bot.ahead = 0;
    await bot.untilTrusted();
    const until = async (at: ReturnType<typeof sql>) =>
      sql`update kek_exception set until = ${at}`.execute(bot.database.db);
    await until(sql`now() - interval '1 second'`);
    expect((await (await asking()).card()).title).toContain('blocked by your rule');
    await until(sql`now() + interval '1 day'`);
    await bot.as('ben').asks('backup approvals');
    await bot.as('ben').clicks(say('exceptions.end'));
    const place = bot.as('ben');
    await place.untilTitle(say('exception.holds', { vm: 'vm-bek-01' }));
    const roles = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...roles.filter(({ role }) => role === 'operator'));
    expect((await place.clicks(say('button.end-exception'))).text).toContain(say('may.end-kek-exception'));
    expect(await bot.rows('kek_exception')).toMatchObject([{ ended_at: null }]);
    bot.roles.splice(0, bot.roles.length, ...roles);
    await place.clicks(say('button.end-exception'));
    await place.untilTitle(say('closing.end-exception', { vm: 'vm-bek-01' }));
    expect(await bot.rows('kek_exception')).toMatchObject([{ ended_by: 'Ben Jansen' }]);
    await chat.untilTold(say('exception.ended', { vm: 'vm-bek-01', by: 'Ben Jansen' }));
    const ended = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; does?: string });
    expect(ended.some(({ what, does }) => what === 'write' && does === 'end-kek-exception')).toBe(true);
    expect((await (await asking()).card()).title).toContain('blocked by your rule');
    await sql`update kek_exception set ended_at = null`.execute(bot.database.db);
    const last = await asking();
    await last.clicks('Protect only');
    await last.untilTitle('vm-bek-01 is protected');
    const other = await (await bot.asks('ana', 'backup exception vm-sql-01')).card();
    expect(other.title).toContain(say('exception.not-needed', { vm: 'vm-sql-01' }));
  });

  test('a click that PostgreSQL gives up, since another transaction has its locks in the opposite order, is done again', async () => {
    const chat = await asked('vm-many-01');
    const [request] = await requestOf(chat);
    let click: Promise<unknown> = Promise.resolve();
    const opposite = bot.database.db.transaction().execute(async (trx) => {
      await sql`select from approval_request where id = ${request!.id} for update`.execute(trx);
      click = chat.as('ben').clicks(approve);
      const waiting = sql`select from pg_stat_activity
        where wait_event_type = 'Lock' and pid in
          (select pid from pg_locks where relation = 'approval_request'::regclass)`;
      await chat.until(
        'the click, waiting',
        async () => (await waiting.execute(bot.database.db)).rows.length > 0 || null,
      );
      await sql`update conversation set seen_at = seen_at where id = ${chat.id}`.execute(trx);
    });
    // On a machine that is busy this one may be given up instead.
    await opposite.catch((error: { code?: string }) => expect(error.code).toBe('40P01'));
    await click;
    await chat.untilTitle(/vm-many-01 is protected/);
  });

  test('starts nothing when it is requested, and starts by itself once somebody else has approved it', async () => {
    const before = (await protects()).length;
    const chat = await asked('vm-plain-01');
    expect((await chat.card()).title).toContain('Ana de Vries asks');
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect((await protects()).length).toBe(before);
    await chat.as('ben').clicks(approve);
    await chat.untilTitle(/vm-plain-01 is protected/);
    const [operation, ...others] = await bot.operationsIn(chat);
    expect(others).toEqual([]);
    expect(operation!.requester).toMatchObject({ name: 'Ana de Vries' });
    expect((await protects()).length).toBe(before + 1);
    const [request] = await requestOf(chat);
    expect(request).toMatchObject({ state: 'started', operation_id: operation!.id, digest: operation!.digest });
    expect(request!.votes).toMatchObject([{ person: ids.ben, decision: 'approve' }]);
  });

  test('nobody approves their own request, and people who aren’t approvers are told so', async () => {
    const chat = await asked('vm-sql-01');
    expect((await chat.clicks(approve)).text).toBe(say('refusal.own-request'));
    expect((await chat.as('chris').clicks(approve)).text).toBe(say('refusal.not-approver'));
    expect(await requestOf(chat)).toMatchObject([{ state: 'pending', votes: [] }]);
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
    expect((await chat.as('ben').sends({ verb: 'approve', data: dataOf(await requestOf(chat)) })).text).toContain(
      'already withdrawn',
    );
  });

  /** What somebody reads who decides on a card that has ended since. */
  const lateAnswer = async (chat: BotChat) =>
    (await chat.as('ben').sends({ verb: 'approve', data: dataOf(await requestOf(chat)) })).text;

  test('a denial needs a reason, ends it, and notifies the requester', async () => {
    const chat = await asked('vm-sql-01');
    const empty = await chat.as('ben').clicks(deny);
    expect(empty.text).toBe(say('refusal.reason-missing'));
    await chat.as('ben').clicks(deny, { reason: 'not on a Friday' });
    await chat.untilTitle('vm-sql-01: denied');
    const card = await chat.card();
    expect(card.text).toContain('not on a Friday');
    expect(card.titles).not.toContain(approve);
    await chat.untilTold('vm-sql-01: Ben Jansen denied your request, so nothing was changed: not on a Friday');
    expect(await lateAnswer(chat)).toContain('already denied');
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a reason that is too long ends before an emoji, not in the middle of it', async () => {
    const chat = await asked('vm-sql-01');
    await chat.as('ben').clicks(deny, { reason: `${'x'.repeat(299)}😀` });
    await chat.untilTitle('vm-sql-01: denied');
    expect(await requestOf(chat)).toMatchObject([{ votes: [{ reason: 'x'.repeat(299) }] }]);
  });

  test('a forged digest, a request of another conversation and a made-up one don’t count', async () => {
    const chat = await asked('vm-sql-01');
    const data = dataOf(await requestOf(chat));
    const ben = chat.as('ben');
    expect((await ben.sends({ verb: 'approve', data: { ...data, digest: '0'.repeat(64) } })).text).toBe(
      say('refusal.other-plan'),
    );
    const elsewhere = await bot.asks('ben', 'backup vm-plain-01');
    expect((await elsewhere.sends({ verb: 'approve', data })).text).toBe(say('refusal.unknown-dialog'));
    expect((await ben.sends({ verb: 'start', data })).text).toBe(say('refusal.unreadable-click'));
    expect(await requestOf(chat)).toMatchObject([{ state: 'pending', votes: [] }]);
    await chat.clicks(withdraw);
    expect(await lateAnswer(chat)).toContain('already withdrawn');
  });

  test('an approver may still revoke it before it starts, and then it doesn’t', async () => {
    const chat = await asked('vm-sql-01');
    const goOn = await approvedAndHeld(chat);
    const stopped = await chat.as('ben').sends({
      verb: 'deny',
      data: { ...dataOf(await requestOf(chat)), reason: 'wrong VM' },
      inputs: { reason: 'wrong VM' },
    });
    expect(stopped.card?.title).toContain('approval revoked');
    await chat.untilTold('vm-sql-01: Ben Jansen revoked the approval, so nothing was changed: wrong VM');
    goOn();
    await chat.untilTitle('approval revoked');
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('somebody who is no longer an approver when it would start doesn’t count', async () => {
    const chat = await asked('vm-sql-01');
    const goOn = await approvedAndHeld(chat);
    const lost = bot.roles.splice(0, bot.roles.length, ...bot.roles.filter(({ role }) => role !== 'approver'));
    goOn();
    // The card may lag behind the row, and show for a while what it said before the approval.
    await chat.until('the vote to be dropped', async () => (await requestOf(chat))[0]?.state === 'pending');
    await chat.untilWaits('0 of 1');
    bot.roles.splice(0, bot.roles.length, ...lost);
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(withdraw);
  });

  test('somebody who began a request that a colleague then made can’t approve it', async () => {
    const chat = await bot.asks('ben', 'backup vm-sql-01');
    await chat.as('chris').clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
    await chat.untilWaits('0 of 1');
    expect((await requestOf(chat))[0]!.requester).toMatchObject({ name: 'Chris Meier' });
    expect((await chat.as('ben').clicks(approve)).text).toBe(say('refusal.changed-it'));
    expect((await chat.as('chris').clicks(approve)).text).toBe(say('refusal.own-request'));
    await chat.as('chris').clicks(withdraw);
    await chat.untilTitle('request withdrawn');
  });

  test('paused too long before the start: no approval is lost, everything is read again, and it starts once', async () => {
    const chat = await asked('vm-off-01');
    let paused = 0;
    let goOn = () => {};
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'lookup:before-commit') return;
      paused += 1;
      if (paused > 1) return;
      await new Promise<void>((resolve) => (goOn = resolve));
    };
    await chat.as('ben').clicks(approve);
    await chat.until('the pause', () => paused > 0);
    bot.ahead = 61_000;
    goOn();
    await chat.until('another reading', () => paused > 1);
    expect(await bot.operationsIn(chat)).toEqual([]);
    bot.ahead = 0;
    bot.failpoint = () => {};
    await chat.untilTitle(/vm-off-01 is protected/);
    expect((await requestOf(chat))[0]!.votes).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test('a rule that has become stricter applies to an open request, and one that has become milder doesn’t', async () => {
    const chat = await asked('vm-sql-01');
    const verdict = { deny: false as const, approval: { ...rule.verdict.approval, approvals: 2 } };
    bot.rules.splice(0, bot.rules.length, { ...rule, verdict });
    await chat.as('ben').clicks(approve);
    await chat.untilWaits('1 of 2');
    expect(await bot.operationsIn(chat)).toEqual([]);
    const strict = await bot.asks('ana', 'backup vm-sql-01');
    await strict.clicks((await strict.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
    await strict.untilWaits('0 of 2');
    bot.rules.splice(0, bot.rules.length, rule);
    await strict.as('ben').clicks(approve);
    await strict.untilWaits('1 of 2');
    expect(await bot.operationsIn(strict)).toEqual([]);
    await strict.clicks(withdraw);
    await strict.untilTitle('request withdrawn');
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
  });

  test('nobody answers: it expires, that is reported, and no later approval starts it', async () => {
    const chat = await asked('vm-sql-01');
    const data = dataOf(await requestOf(chat));
    await sql`update approval_request set created_at = created_at - interval '5 hours', ends_at = ends_at - interval '5 hours'
      where id = ${data.request}`.execute(bot.database.db);
    await chat.untilTitle('nobody approved it in time');
    expect((await chat.as('ben').sends({ verb: 'approve', data })).text).toContain('already expired');
    await chat.untilTold('vm-sql-01: your request has expired. Nobody approved it in time');
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a plan that this release can’t read can’t be approved, and after minutes its request is closed and says so', async () => {
    const chat = await asked('vm-sql-01');
    const data = dataOf(await requestOf(chat));
    await sql`update approval_request set plan = jsonb_set(plan, '{version}', '99')
      where id = ${data.request}`.execute(bot.database.db);
    expect((await chat.as('ben').clicks(approve)).text).toBe(say('refusal.unreadable-plan'));
    expect(await requestOf(chat)).toMatchObject([{ state: 'pending', votes: [] }]);
    await sql`update approval_request set created_at = created_at - interval '10 minutes'
      where id = ${data.request}`.execute(bot.database.db);
    await chat.untilTitle(say('request.unreadable'));
    expect(await requestOf(chat)).toMatchObject([{ state: 'superseded', operation_id: null }]);
    await chat.untilTold(say('request.told-unreadable', { vm: 'vm-sql-01' }));
    expect((await chat.card()).titles).toEqual([say('button.ask-anew')]);
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.clicks(say('button.ask-anew'));
    await chat.untilLooked();
    expect((await chat.card()).titles.some((title) => title.includes('Protect only'))).toBe(true);
  });

  test('an approval that can’t be used in time ends, and says so', async () => {
    const chat = await asked('vm-sql-01');
    const goOn = await approvedAndHeld(chat);
    const { request } = dataOf(await requestOf(chat));
    await sql`update approval_request set approved_at = approved_at - interval '2 hours',
      ends_at = ends_at - interval '2 hours' where id = ${request}`.execute(bot.database.db);
    await chat.untilTitle('vm-sql-01: approved, but not started in time');
    goOn();
    expect(await requestOf(chat)).toMatchObject([{ state: 'expired', operation_id: null }]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a request that is approved and refused at its start ends as that, and the requester is told why', async () => {
    const chat = await asked('vm-sql-01');
    const goOn = await approvedAndHeld(chat);
    bot.rules.push({ ...rule, verdict: { deny: true } });
    goOn();
    expect((await chat.untilTold('vm-sql-01: your request was refused')).text).toContain('kluis.yaml');
    expect(await requestOf(chat)).toMatchObject([{ state: 'refused', operation_id: null }]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a request survives a restart, and can be made again with its answers once it was withdrawn', async () => {
    const chat = await asked('vm-sql-01');
    await bot.restart();
    const after = bot.in('ana', chat.place);
    await after.clicks(withdraw);
    await after.untilTitle('request withdrawn');
    await after.clicks(say('button.ask-anew'));
    await after.untilLooked();
    expect((await after.card()).titles.some((title) => title.includes('Protect only'))).toBe(true);
  });

  test('two approvers at the same time count twice, and it starts once', async () => {
    bot.rules.splice(0, bot.rules.length, {
      ...rule,
      verdict: { deny: false, approval: { ...rule.verdict.approval, approvals: 2 } },
    });
    const chat = await bot.asks('chris', 'backup vm-cmk-01');
    await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only')) ?? ask);
    await chat.untilWaits('0 of 2');
    await Promise.all([chat.as('ana').clicks(approve), chat.as('ben').clicks(approve)]);
    await chat.untilTitle(/is protected/);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
    expect((await requestOf(chat))[0]!.votes).toHaveLength(2);
  });

  test('a plan that changed since the request is not started; the difference is shown and it is requested again', async () => {
    const chat = await asked('vm-sql-01');
    // Somebody protects it meanwhile in another way.
    bot.rules.splice(0, bot.rules.length, startsAlone);
    const other = await bot.asks('ben', 'backup vm-sql-01');
    await other.clicks('Protect only');
    await other.untilTitle(/vm-sql-01 is protected/);
    bot.rules.splice(0, bot.rules.length, rule);
    const before = (await protects()).length;
    await chat.as('ben').clicks(approve);
    await chat.until('the request to be over', async () => (await requestOf(chat))[0]?.state === 'superseded');
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect((await protects()).length).toBe(before);
    expect(await lateAnswer(chat)).toContain('already over, since the plan changed');
    await chat.untilTold('</at>: vm-sql-01: this is no longer as it was when you');
  });
});

function dataOf([request]: readonly { readonly id: string; readonly digest: string }[]) {
  return { request: request!.id, digest: request!.digest };
}

describe('an approved plan that failed', () => {
  let bot: TestBot;
  const backUp = { ...rule, operation: 'back-up-now' } as const;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: roles(`'user:${ids.ana}', 'user:${ids.ben}'`) });
    bot.rules.splice(0, bot.rules.length, backUp);
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  const approver = ({ role, to }: (typeof bot.roles)[number]) => role === 'approver' && to.kind === 'user';
  const fails = { errorCode: 1, errorTitle: 'CloudInternalError123', errorString: 'Nobody knows.' };

  test('each of several failed plans is retried on its own votes, and on no others', async () => {
    for (const vm of ['vm-dup-01', 'vm-neu-01']) await bot.azure.fault({ job: { vm, ...fails } });
    const failed = async (what: string, by: 'ben' | 'chris') => {
      const chat = await bot.thread('ana', `backup now ${what}`);
      await chat.untilWaits('0 of 1');
      await chat.as(by).clicks(approve);
      await chat.untilTitle(/^❌/u);
      return chat;
    };
    const all = [...bot.roles];
    const chris = { ...all.find(approver)!, to: { kind: 'user', id: ids.chris } } as const;
    bot.roles.push(chris);
    const [chat] = [await failed('rg-app/vm-dup-01', 'ben'), await failed('vm-neu-01', 'ben')];
    // Ben may still approve the newer one, but not the older one.
    const without = all.filter((one) => !approver(one) || (one.to.kind === 'user' && one.to.id !== ids.ben));
    const elsewhere = {
      ...all.find(approver)!,
      to: { kind: 'user', id: ids.ben },
      where: { vm: 'vm-neu-01' },
    } as const;
    bot.roles.splice(0, bot.roles.length, ...without, chris, elsewhere);
    await chat.clicks(say('button.try-again'));
    await chat.untilWaits('0 of 1');
    expect(await bot.operationsIn(chat)).toHaveLength(1);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
    // The newest was approved by somebody else: what Ben approved is covered all the same.
    await failed('vm-neu-01 retain 60d', 'chris');
    bot.roles.splice(0, bot.roles.length, ...all);
    await chat.clicks(say('button.ask-anew'));
    await chat.untilLooked();
    await chat.clicks((await chat.card()).titles.find((title) => title.startsWith(ask))!);
    await chat.until('another try', async () => (await bot.operationsIn(chat)).length === 2);
    await chat.until('its end', async () => (await bot.operationsIn(chat)).every(({ status }) => status === 'failed'));
    await bot.azure.mend();
  });

  test('the same plan is retried without a new request; not once its approver is none, or the rule requires more', async () => {
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...fails } });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks(approve);
    await chat.untilTitle(/^❌/u);
    await chat.clicks(say('button.try-again'));
    await chat.until('a second try', async () => (await bot.operationsIn(chat)).length === 2);
    await chat.until('its end', async () => (await bot.operationsIn(chat)).every(({ status }) => status === 'failed'));
    const [first, second] = await bot.operationsIn(chat);
    const [request, ...others] = (await bot.rows('approval_request')).filter(({ digest }) => digest === first!.digest);
    expect(others).toEqual([]);
    expect(request).toMatchObject({ state: 'started', digest: first!.digest, operation_id: second!.id });
    const all = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...all.filter(({ role, to }) => role !== 'approver' || (to.kind === 'user' && to.id !== ids.ben)));
    await chat.untilButton(say('button.try-again'));
    await chat.clicks(say('button.try-again'));
    await chat.untilWaits('0 of 1');
    bot.roles.splice(0, bot.roles.length, ...all);
    await chat.clicks(withdraw);
    await chat.clicks(say('button.ask-anew'));
    await chat.untilLooked();
    bot.rules.splice(0, 1, {
      ...backUp,
      verdict: { deny: false, approval: { ...backUp.verdict.approval, approvals: 2 } },
    });
    await chat.clicks((await chat.card()).titles.find((title) => title.startsWith(ask))!);
    await chat.untilWaits('0 of 2');
    await chat.clicks(withdraw);
    await chat.clicks(say('button.ask-anew'));
    await chat.untilLooked();
    // A rule denies it while it is read again: whoever asked is told.
    bot.rules.splice(0, 1, backUp);
    bot.failpoint = (failpoint) => {
      if (failpoint === 'lookup:before-commit') bot.rules.push({ ...backUp, verdict: { deny: true } });
    };
    await chat.clicks((await chat.card()).titles.find((title) => title.startsWith(ask))!);
    expect((await chat.untilTold('vm-app-01: your request was refused')).text).toContain('kluis.yaml');
    expect(await bot.operationsIn(chat)).toHaveLength(2);
  });
});

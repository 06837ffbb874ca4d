import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { RoleGrant } from '../../src/people/roles.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const protect = say('button.protect');

const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
roles:
  operator: ['user:00000000-0000-0000-0000-0000000000a1']
  viewer: ['user:00000000-0000-0000-0000-0000000000b1']
rules:
  - { operation: protect, vm: 'vm-cmk-*', deny: true }
`;

describe('who may do what', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config, leases: { forget: 300 } });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  test('a click by somebody who may only view: refused privately and exactly, with who may; the card stays as it is', async () => {
    const ana = await bot.asks('ana', 'backup vm-plain-01');
    const ben = ana.as('ben');
    const before = (await ana.newest()).revision;
    const { text, card, status } = await ben.clicks(protect);
    expect([status, card]).toEqual([200, null]);
    expect(text).toBe(
      `${say('refused.may-not', { what: say('may.protect') })} ${say('refused.needs-role', { role: say('role.operator'), who: 'Ana de Vries' })}`,
    );
    expect((await ben.newest()).note).toMatchObject({ text });
    const seen = await ana.newest();
    expect([seen.note, seen.revision]).toEqual([undefined, before]);
    expect(await ana.messages()).toHaveLength(1);
    expect(await bot.operationsIn(ana)).toEqual([]);
    await ana.clicks(protect);
    await ana.untilTitle(/vm-plain-01 is protected/);
  });

  test('whom Teams lets in without an account is nobody, also where everyone has a role: they see and start nothing', async () => {
    const given = (['viewer', 'operator', 'approver'] as const).map((role): RoleGrant => {
      return { role, to: { kind: 'everyone' }, where: {} };
    });
    bot.roles.push(...given);
    const ana = await bot.asks('ana', 'backup vm-plain-01');
    await ana.opens('vault');
    await ana.clicks(say('button.back'));
    const rows = async () => (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === ana.id);
    const before = await rows();
    const [pressed] = (await bot.lab.exchanges()).filter(({ direction }) => direction === 'to-bot').toReversed();
    const { verb, data } = (await ana.card()).buttons.find(({ title }) => title === protect)!;
    const seen = { ...(pressed!.request as object), from: { id: '29:anonymous', name: 'Ana de Vries' } };
    const action = { type: 'Action.Execute', verb, data: { kluis: data } };
    expect(await bot.delivers({ ...seen, id: 'f:anonymous', value: { action } })).toBe(200);
    const said = { type: 'message', name: undefined, value: undefined, text: 'backup vm-plain-01' };
    expect(await bot.delivers({ ...seen, id: 'anonymous', ...said })).toBe(200);
    const refused = say('refused.may-not', { what: say('may.view') });
    await ana.until('the refusal', async () => JSON.stringify(await bot.rows('message')).includes(refused));
    expect(await rows()).toEqual(before);
    expect(await bot.operationsIn(ana)).toEqual([]);
    bot.roles.splice(-given.length);
  });

  test('who loses their last role gets no more alerts in their own chat, and is told; others still do', async () => {
    const operator = { role: 'operator', to: { kind: 'user', id: '00000000-0000-0000-0000-0000000000c1' }, where: {} };
    bot.roles.push(operator as RoleGrant);
    const [ana, chris] = [bot.as('ana'), bot.as('chris')];
    for (const chat of [ana, chris]) {
      await chat.says('backup watch');
      await chat.untilTitle(say('watch.on'));
    }
    bot.roles.pop();
    await chris.untilTitle(say('watch.off'));
    expect((await bot.rows('alert_watch')).map(({ conversation_id }) => conversation_id)).toEqual([ana.id]);
    await ana.says('backup unwatch');
    await ana.untilTitle(say('watch.off'));
  });

  test('people who may only view can still check, change choices and go back; the card says who may start it', async () => {
    const ben = await bot.asks('ben', 'backup vm-plain-01');
    const note = `${say('refused.asker-may-not', { who: 'Ben Jansen', what: say('may.protect') })} ${say('refused.needs-role', { role: say('role.operator'), who: 'Ana de Vries' })}`;
    expect((await ben.card()).shown).toContain(note);
    expect((await (await bot.asks('ana', 'backup vm-plain-01')).card()).shown).not.toContain(
      say('refused.asker-may-not', { who: 'Ana de Vries', what: say('may.protect') }),
    );
    expect((await ben.opens('vault')).card!.titles).toContain(say('button.continue'));
    expect((await ben.clicks(say('button.back'))).card!.titles).toContain(protect);
  });

  test('people who may only view see no button that would be refused, in their own chat', async () => {
    const chat = bot.as('ben');
    await chat.says('backup vm-web-01');
    await chat.untilTitle(/vm-web-01/);
    const card = await chat.untilLooked();
    expect(card.titles).toEqual([say('button.check-again'), say('button.close')]);
    expect(card.inputs).toEqual({});
    expect(card.shown).toContain(
      "You can view this, but you can't give access to a key vault. This needs the operator role. Ask Ana de Vries.",
    );
    expect(card.shown).not.toMatch(/No approval needed|Ben Jansen/);
    expect((await chat.asks('backup policies')).titles).toEqual([say('button.refresh')]);
  });

  test('typed words permit no more than a button: the card is shown, nothing runs', async () => {
    const ben = await bot.thread('ben', 'backup now vm-app-01');
    const card = await ben.untilLooked();
    expect(card.title).toContain(say('refused.may-not', { what: say('may.back-up-now') }));
    expect(await bot.operationsIn(ben)).toEqual([]);
    expect(await bot.azure.writes()).toEqual([]);
  });

  test('people without any role are told so, when they type and when they click, and learn nothing about the estate', async () => {
    const chris = await bot.thread('chris', 'backup vm-plain-01');
    const card = await chris.untilTitle(/./);
    expect(card.title).toContain(say('refused.may-not', { what: say('may.view') }));
    expect(card.text).not.toContain('rg-web');
    const ana = await bot.asks('ana', 'backup vm-plain-01');
    expect((await ana.as('chris').opens('vault')).text).toContain(say('refused.may-not', { what: say('may.view') }));
  });

  test('a denying rule overrides every role, and the card says that it is the rule', async () => {
    const chat = await bot.asks('ana', 'backup vm-cmk-01');
    const card = await chat.card();
    expect(card.shown).toContain(say('ruled.denied', { what: say('may.protect'), on: 'vm-cmk-01', named: 'yes' }));
    expect(card.titles).not.toContain(protect);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a backup can be cancelled by the person who started it, not by somebody who may only view', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs/' }, latencyMs: 60 });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const operation = await chat.until('the operation', async () => (await bot.operationsIn(chat))[0]);
    await chat.untilTitle(/./);
    const { text } = await chat.as('ben').sends({ verb: 'cancel-backup', data: { operation: operation.id } });
    expect(text).toContain(say('refused.may-not', { what: say('may.cancel-job') }));
    expect((await bot.operationsIn(chat))[0]!.cancel_asked).toBeNull();
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test('help says what this person may do here', async () => {
    const [ana, ben] = await Promise.all([bot.asks('ana', 'help'), bot.asks('ben', 'help')]);
    expect((await ana.card()).text).toContain(say('help.can-back-up'));
    const seen = (await ben.card()).text;
    expect(seen).toContain(say('help.may', { what: say('help.can-look') }));
    expect(seen).not.toContain('/backup now');
    bot.roles.push({
      role: 'approver',
      to: { kind: 'user', id: '00000000-0000-0000-0000-0000000000c1' },
      where: { resourceGroup: 'rg-hr' },
    } as never);
    const approver = (await (await bot.asks('chris', 'help')).card()).text;
    bot.roles.pop();
    expect(approver).toContain(say('help.may', { what: `${say('help.can-look')} · ${say('help.can-approve')}` }));
  });
});

describe('after the click', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const roles = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
  - { entra: 00000000-0000-0000-0000-0000000000b1, name: Ben Jansen }
roles:
  operator: ['user:00000000-0000-0000-0000-0000000000a1', 'user:00000000-0000-0000-0000-0000000000b1']
  admin: ['user:00000000-0000-0000-0000-0000000000b1']
rules:
  - { operation: protect, vm: 'vm-cmk-*', deny: true }
`;
    bot = await startBot({ database: 'postgres', config: roles, speed: 20 });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a permission removed before the first write: nothing is sent, and the card says why', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const [deny] = bot.rules;
    bot.failpoint = (failpoint) => {
      if (failpoint === 'start:after-commit') bot.rules.push({ ...deny!, match: { vm: 'vm-plain-01' } });
    };
    await chat.clicks(protect);
    const card = await chat.untilTitle(/vm-plain-01 .*NOT/);
    bot.failpoint = () => {};
    bot.rules.splice(1);
    expect(card.text).toContain(say('trouble.not-allowed-any-more'));
    expect(await bot.azure.writes()).toEqual([]);
  });

  test('a permission removed between two attempts of a throttled write: the second attempt isn’t sent', async () => {
    await bot.azure.reset();
    const busy = { code: 'TooManyRequests', message: 'later' };
    await bot.azure.fault({
      match: { method: 'PUT', path: 'protectedItems' },
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: busy },
    });
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-settle' || (await bot.azure.writes(/protectedItems/)).length === 0) return;
      bot.failpoint = () => {};
      bot.rules.push({ ...bot.rules[0]!, match: { vm: 'vm-plain-01' } });
      await bot.azure.mend();
    };
    await chat.clicks(protect);
    const card = await chat.untilTitle(/vm-plain-01 .*NOT/);
    bot.rules.splice(1);
    expect(card.text).toContain(say('trouble.not-allowed-any-more'));
    const tries = await bot.azure.writes(/protectedItems/);
    expect(tries.map(({ status }) => status)).toEqual([429]);
  });

  test('following somebody else’s backup isn’t starting it: cancelling needs an administrator', async () => {
    await bot.azure.reset();
    await bot.azure.control('POST', 'clock', { speed: 1 });
    const ben = await bot.thread('ben', 'backup now vm-app-01');
    await ben.untilButton('Cancel this backup');
    const ana = await bot.thread('ana', 'backup vm-app-01');
    await ana.untilButton(say('button.follow'));
    await ana.clicks(say('button.follow'));
    const operation = await ana.until('the operation', async () => (await bot.operationsIn(ana))[0]);
    await ana.untilButton('Cancel this backup');
    const { text } = await ana.sends({ verb: 'cancel-backup', data: { operation: operation.id } });
    expect(text).toContain(say('refused.may-not', { what: say('may.cancel-job') }));
    expect((await bot.operationsIn(ana))[0]!.cancel_asked).toBeNull();
    // The person who did start it may cancel it from any card that follows it.
    await bot.azure.control('POST', 'clock', { speed: 20 });
    await ana.as('ben').sends({ verb: 'cancel-backup', data: { operation: operation.id } });
    await ana.untilTitle(/vm-app-01 was cancelled/);
  });

  test('a cancel requested before the run joined somebody else’s job is not sent', async () => {
    await bot.azure.reset();
    await bot.azure.control('POST', 'clock', { speed: 1 });
    let joined = '';
    const pressed = Promise.withResolvers<void>();
    let isPressed = false;
    bot.failpoint = async (failpoint) => {
      // After the last look before the start, and before the run looks itself.
      if (failpoint === 'lookup:before-commit' && joined === '') await runsElsewhere();
      // The run may have begun: what it joins is stored after the press.
      if (failpoint === 'advance:before-save') await pressed.promise;
      if (failpoint !== 'start:after-commit' || isPressed) return;
      isPressed = true;
      const [own] = await bot.operationsIn(ana);
      await ana.sends({ verb: 'cancel-backup', data: { operation: own!.id } }).finally(pressed.resolve);
    };
    async function runsElsewhere(): Promise<void> {
      const isLast = (await bot.rows('dialog')).some(
        ({ look }) => (look as { step?: string } | null)?.step === 'reading',
      );
      if (!isLast) return;
      const { jobs } = await bot.azure.state('jobs');
      const past = jobs.find(({ vmName, operation }) => vmName === 'vm-app-01' && operation === 'Backup')!;
      const tasks = past.tasks.map((task) => ({ ...task, status: 'InProgress' as const }));
      const { end: _, ...job } = { ...past, id: randomUUID(), status: 'InProgress', cancellable: true };
      joined = job.id;
      await bot.azure.change({ jobs: [...jobs, { ...job, tasks, start: new Date().toISOString() }] });
    }
    const ana = await bot.thread('ana', 'backup now vm-app-01');
    const card = await ana.until('the refusal', async () => {
      const seen = (await ana.cards()).length > 0 ? await ana.card() : null;
      return seen?.shown.includes(say('progress.cancel-barred', { who: 'Ana de Vries' })) ? seen : null;
    });
    bot.failpoint = () => {};
    expect(card.titles).not.toContain('Cancel this backup');
    // A cancel from the previous test may still be running.
    expect(await bot.azure.writes(new RegExp(`${joined}/cancel\\?`, 'i'))).toEqual([]);
    await bot.azure.reset();
    await bot.azure.control('POST', 'clock', { speed: 20 });
  });

  test('without a running backup there is nothing to cancel, for anybody, and no role is no role', async () => {
    await bot.azure.reset();
    await bot.azure.fault({ match: { method: 'PUT', path: 'protectedItems' }, latencyMs: 1500 });
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(protect);
    const operation = await chat.until('the operation', async () => (await bot.operationsIn(chat))[0]);
    const press = { verb: 'cancel-backup', data: { operation: operation.id } };
    const chris = await chat.as('chris').sends(press);
    expect(chris.text).toContain(say('refused.may-not', { what: say('may.view') }));
    expect((await chat.sends(press)).text).toContain(say('refusal.job-not-running'));
    expect((await bot.operationsIn(chat))[0]!.cancel_asked).toBeNull();
    await bot.azure.mend();
    await chat.untilTitle(/vm-plain-01 is protected/);
  });

  test('Ben stops what Ana started: the audit log names him, and says that the write was a cancel', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilButton('Cancel this backup');
    await chat.as('ben').clicks('Cancel this backup');
    await chat.untilTitle(/vm-app-01 was cancelled/);
    const [operation] = await bot.operationsIn(chat);
    const told = (await bot.rows('audit'))
      .map(({ entry }) => entry as Record<string, unknown>)
      .filter((entry) => entry['operation'] === operation!.id);
    const ben = expect.objectContaining({ name: 'Ben Jansen' });
    expect(told.find(({ what }) => what === 'cancel-asked')).toMatchObject({ askedBy: ben });
    const cancel = told.find(({ call }) => call === 'cancel-job');
    expect(cancel).toMatchObject({ what: 'write', outcome: 'accepted', requestedBy: ben });
    expect(told.find(({ call }) => call === 'back-up')).not.toHaveProperty('requestedBy');
  });
});

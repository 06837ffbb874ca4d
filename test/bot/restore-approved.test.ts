import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import {
  approvesRestore,
  azureObjects,
  choosesNewVm,
  choosesRestore,
  requestsIn,
  requestsRestore,
} from '../support/restore-talk.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
/** A group of the directory. */
const onDuty = '22222222-2222-2222-2222-222222222222';
/** Every operation needs an approval here. */
const config = `
roles:
  operator: ['group:${onDuty}', 'user:${ids.ben}']
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
rules:
  - { approvals: 1 }
`;

describe('an approved restore', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({
      database: 'postgres',
      config,
      speed: 20_000,
      waits: { obstacleStays: 600_000, vmAgent: 600_000 },
    });
    await inGroup(ids.ana);
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  afterEach(async () => {
    bot.failpoint = () => {};
    await bot.azure.mend();
    await keyIs(true);
    // Azure restores a VM only so often within 24 hours, and each test has its own day.
    const { jobs } = await bot.azure.state('jobs');
    const counts = ({ operation, status }: (typeof jobs)[number]) => operation === 'Restore' && status !== 'InProgress';
    await bot.azure.change({ jobs: jobs.filter((job) => !counts(job)) });
  });

  const inGroup = async (...members: string[]) => {
    const { directory } = await bot.azure.state('directory');
    const groups = directory.groups.map((group) => (group.id === onDuty ? { ...group, members } : group));
    await bot.azure.change({ directory: { ...directory, groups } });
  };
  const keyIs = async (enabled: boolean) => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    const versions = <V extends object>(all: readonly V[]) => all.map((version) => ({ ...version, enabled }));
    await bot.azure.change({
      keyVaults: keyVaults.map((vault) =>
        vault.name === 'kv-prod-weu'
          ? { ...vault, keys: vault.keys.map((key) => ({ ...key, versions: versions(key.versions) })) }
          : vault,
      ),
    });
  };
  const deployments = async () => (await bot.azure.requests('PUT', /Microsoft\.Resources\/deployments\//i)).length;
  const blobs = async () =>
    (await bot.azure.state('blobs')).blobs.filter(({ container }) => container.startsWith('vm-app-01-')).length;
  const made = (chat: BotChat, name: string) => chat.untilTitle(say('closing.check-vm', { vm: name }));

  /** A restore whose disks exist, waiting for somebody to enable a key before the VM is created. */
  const waiting = async (name: string): Promise<BotChat> => {
    await keyIs(false);
    const chat = await choosesNewVm(bot, 'vm-app-01', name);
    await approvesRestore(chat);
    await chat.untilTitle(/disabled/);
    return chat;
  };
  const requestOf = async (chat: BotChat) => {
    const digests = (await bot.operationsIn(chat)).map(({ digest }) => digest);
    return (await bot.rows('approval_request')).find(({ digest }) => digests.includes(digest))!.id;
  };
  /** As if it had been started this many hours ago. */
  const began = async (chat: BotChat, hours: number) => {
    const at = sql`now() - ${hours} * interval '1 hour'`;
    await sql`update operation set created_at = ${at} where conversation_id = ${chat.id}`.execute(bot.database.db);
    await startedAt(chat, hours);
  };
  const startedAt = async (chat: BotChat, hours: number) =>
    sql`update approval_request set started_at = now() - ${hours} * interval '1 hour'
      where id = ${await requestOf(chat)}`.execute(bot.database.db);
  /** Blocks what is running until it is released. */
  const holdRuns = () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    bot.failpoint = (failpoint) => (failpoint === 'advance:before-save' ? held : undefined);
    return () => release();
  };
  /** Presses Continue on what is the newest card now, also later. */
  const continueOn = async (chat: BotChat) => {
    const [on, [button]] = [await chat.newest(), (await chat.card()).buttons];
    expect(button!.title).toBe(say('button.go-on'));
    return () => chat.sends({ verb: button!.verb, data: button!.data, on });
  };
  const isDone = ({ status }: { readonly status: string }) => status === 'succeeded';
  const stopped = async (chat: BotChat) => chat.untilTitle(new RegExp(say('trouble.not-allowed-any-more')));

  const restores = async () => (await bot.azure.writes(/\/restore\?/)).filter(({ status }) => status === 202);
  const objection = 'The storage account can’t be reached now.';
  const tryAgain = say('button.try-again');

  /** Approved, with Azure refusing it at the last check. */
  const refusedAtLast = async (reason: string): Promise<BotChat> => {
    const chat = await choosesRestore(bot, 'vm-app-01', reason);
    await requestsRestore(chat);
    await azureObjects(bot, objection);
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(say('request.objected', { vm: 'vm-app-01' }));
    return chat;
  };

  test('that Azure refuses at the last check stays approved: its words, and a button that starts it once without a vote', async () => {
    const before = (await restores()).length;
    const chat = await refusedAtLast('refused at the last check');
    const card = await chat.card();
    expect(card.text).toContain(say('restore.azure-objects', { text: objection }));
    expect(card.titles).toEqual([tryAgain, say('button.deny'), say('button.withdraw')]);
    expect(await requestsIn(bot, chat)).toMatchObject([{ state: 'approved', operation_id: null }]);
    const told = () => chat.pings().then((pings) => pings.filter(({ text }) => text.includes(objection)));
    await chat.until('a mention', async () => (await told()).length > 0);
    expect((await chat.as('ben').clicks(tryAgain)).text).toBe(say('refusal.not-your-start'));
    const validations = async () => (await bot.azure.requests('POST', /backupTriggerValidateOperation/)).length;
    const asked = await validations();
    await chat.clicks(tryAgain);
    await chat.until('Azure being asked again', async () => (await validations()) > asked);
    await chat.untilButton(tryAgain);
    const [again] = (await chat.card()).buttons;
    expect(await told()).toHaveLength(1);
    expect(await restores()).toHaveLength(before);
    await bot.azure.mend();
    await chat.clicks(tryAgain);
    await chat.sends({ verb: again!.verb, data: again!.data });
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
    expect(await restores()).toHaveLength(before + 1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
    const requests = await requestsIn(bot, chat);
    expect(requests).toMatchObject([{ state: 'started', votes: [{ person: ids.ben, decision: 'approve' }] }]);
  });

  test('that Azure refuses until its time is up ends with Azure’s words, and a late press starts nothing', async () => {
    const before = (await restores()).length;
    const chat = await refusedAtLast('refused for too long');
    const [again] = (await chat.card()).buttons;
    await bot.azure.mend();
    const [request] = await requestsIn(bot, chat);
    await sql`update approval_request set approved_at = approved_at - interval '2 hours',
      ends_at = ends_at - interval '2 hours' where id = ${request!.id}`.execute(bot.database.db);
    const ended = await chat.untilTitle(say('request.unused', { vm: 'vm-app-01' }));
    expect(ended.text).toContain(say('restore.azure-objects', { text: objection }));
    expect(ended.titles).toEqual([say('button.ask-anew')]);
    const late = await chat.sends({ verb: again!.verb, data: again!.data });
    expect(late.text).toMatch(/expired/);
    expect(await requestsIn(bot, chat)).toMatchObject([{ state: 'expired', operation_id: null }]);
    expect(await restores()).toHaveLength(before);
  });

  test('that Azure refuses, with another plan than the approved one, has to be approved again', async () => {
    const { vms } = await bot.azure.state('vms');
    const tagged = async (owner: string) => {
      await bot.azure.change({ vms: vms.map((vm) => (vm.name === 'vm-app-01' ? { ...vm, tags: { owner } } : vm)) });
      await refreshInventory(bot.deps);
    };
    const before = (await restores()).length;
    const chat = await refusedAtLast('refused, and then changed');
    await tagged('finance');
    await chat.clicks(tryAgain);
    await chat.untilTitle(say('restore.refused', { vm: 'vm-app-01' }));
    expect(await requestsIn(bot, chat)).toMatchObject([{ state: 'superseded', operation_id: null }]);
    await chat.until('the difference', async () => (await chat.pings()).some(({ text }) => text.includes('finance')));
    expect(await restores()).toHaveLength(before);
    await bot.azure.change({ vms });
    await refreshInventory(bot.deps);
  });

  test('that runs for more than a day keeps writing; after a week it doesn’t, and Continue works only within a day of its start', async () => {
    const long = await waiting('vm-app-01-long');
    await began(long, 30);
    await keyIs(true);
    await made(long, 'vm-app-01-long');
    const before = await deployments();
    const endless = await waiting('vm-app-01-week');
    await began(endless, 8 * 24);
    await keyIs(true);
    await stopped(endless);
    expect(await deployments()).toBe(before);
    const goesOn = await continueOn(endless);
    for (const hours of [8 * 24, 25]) {
      await startedAt(endless, hours);
      const earlier = (await endless.cards()).length;
      await goesOn();
      await endless.until('a card of its own', async () => (await endless.cards()).length > earlier);
      await endless.untilTitle(say('continue.title', { vm: 'vm-app-01' }));
      await endless.untilButton(say('button.cancel'));
      await endless.clicks(say('button.cancel'));
    }
    expect(await bot.operationsIn(endless)).toHaveLength(1);
    // A continued operation has its own time limit.
    await startedAt(endless, 23);
    const release = holdRuns();
    await goesOn();
    await startedAt(endless, 25);
    release();
    await endless.until('the VM', async () => (await bot.operationsIn(endless)).some(isDone));
  });

  test('whose approver loses the role between two writes sends nothing more, and continues once they have it again', async () => {
    const chat = await waiting('vm-app-01-role');
    const before = await deployments();
    const roles = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...roles.filter(({ role, to }) => role !== 'approver' || to.kind !== 'user' || to.id !== ids.ben));
    await keyIs(true);
    await stopped(chat);
    expect(await deployments()).toBe(before);
    bot.roles.splice(0, bot.roles.length, ...roles);
    await chat.clicks(say('button.go-on'));
    await made(chat, 'vm-app-01-role');
  });

  test('whose requester leaves the group with the role between two writes sends nothing more', async () => {
    const asked = await waiting('vm-app-01-gone');
    const before = await deployments();
    await inGroup();
    // Group memberships are cached for a minute.
    await bot.restart();
    await keyIs(true);
    const chat = bot.in('ana', asked.place);
    await stopped(chat);
    expect(await deployments()).toBe(before);
    await inGroup(ids.ana);
    await bot.restart();
  });

  test('whose disks are no longer encrypted, or can’t be read, isn’t reported as checked', async () => {
    const isRestored = ({ resourceGroup, name }: SimState['disks'][number]) =>
      resourceGroup === 'rg-restore' && name.startsWith('vm-app-01-');
    const bare = await waiting('vm-app-01-bare');
    const whenChecked = async (chat: BotChat, act: () => Promise<unknown>) => {
      bot.failpoint = async (failpoint) => {
        const [operation] = failpoint === 'advance:before-save' ? await bot.operationsIn(chat) : [];
        const { 'push-ade': push } = (operation?.parts ?? {}) as Record<string, { outcome?: object }>;
        if (!push?.outcome) return;
        bot.failpoint = () => {};
        await act();
      };
      await keyIs(true);
    };
    await whenChecked(bare, async () => {
      const { disks } = await bot.azure.state('disks');
      await bot.azure.change({
        disks: disks.map(({ ade, ...disk }) => (isRestored(disk) || !ade ? disk : { ...disk, ade })),
      });
    });
    await bare.untilTitle(new RegExp(say('trouble.disks-not-encrypted')));
    const unread = await waiting('vm-app-01-unread');
    const path = '/rg-restore/providers/Microsoft.Compute/disks/';
    await whenChecked(unread, () =>
      bot.azure.fault({ match: { method: 'GET', path }, status: 403, body: { error: {} } }),
    );
    const { vmAgent } = bot.deps.waits;
    Object.assign(bot.deps.waits, { vmAgent: 200 });
    await unread.untilTitle(new RegExp(say('trouble.disks-unread')));
    Object.assign(bot.deps.waits, { vmAgent });
  });

  test('that waits a day for a person ends, and says for what', async () => {
    const chat = await waiting('vm-app-01-day');
    const before = await deployments();
    const { obstacleStays } = bot.deps.waits;
    Object.assign(bot.deps.waits, { obstacleStays: 1 });
    const why = say('in-the-way.key-disabled-short', { place: 'kv-prod-weu' });
    await chat.untilTitle(say('failed.keys', { vm: 'vm-app-01', cause: why }));
    Object.assign(bot.deps.waits, { obstacleStays });
    expect(await deployments()).toBe(before);
  });

  test('whose answer was lost without a trace is not sent again: a person checks first', async () => {
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-lost');
    const { traceRestore } = bot.deps.waits;
    Object.assign(bot.deps.waits, { traceRestore: 6_000 });
    await bot.azure.fault({ match: { method: 'POST', path: 'vm-app-01/recoveryPoints/.*/restore' }, drop: true });
    const sent = async () => (await bot.azure.requests('POST', /;vm-app-01\/.*\/restore\?/)).length;
    const before = await sent();
    await approvesRestore(chat);
    const closing = await chat.untilTitle(new RegExp(say('trouble.restore-in-doubt')));
    Object.assign(bot.deps.waits, { traceRestore });
    expect(closing.titles).not.toContain(say('button.go-on'));
    expect(await sent()).toBe(before + 1);
  });

  /** A restore whose disks exist, and whose VM Kluis doesn't create: its template contains something else. */
  const failed = async (name: string): Promise<BotChat> => {
    const body = { parameters: {}, resources: [{ type: 'Microsoft.Web/sites' }] };
    await bot.azure.fault({ match: { method: 'GET', path: 'azuredeploy' }, status: 200, body });
    const chat = await choosesNewVm(bot, 'vm-app-01', name);
    await approvesRestore(chat);
    await chat.untilTitle(new RegExp(say('trouble.template-unknown-resource')));
    await bot.azure.mend();
    return chat;
  };

  test('whose deployment fails half-way tells to its end what each attempt has left in Azure', async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    await bot.azure.change({ keyVaults: keyVaults.map((one) => ({ ...one, enabledForDiskEncryption: false })) });
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-left');
    await approvesRestore(chat);
    const interfacesOf = (attempts: number, sentence: RegExp) =>
      chat.until(`the interfaces of ${attempts} attempts`, async () => {
        const [told = ''] = sentence.exec((await chat.card()).text) ?? [];
        return new Set(told.match(/vm-app-01-left-[0-9a-f]{8}-nic/g)).size === attempts;
      });
    await interfacesOf(1, /Azure had already created: .*/);
    await chat.clicks(say('button.go-on'));
    await interfacesOf(2, /Azure had already created: .*/);
    expect((await chat.card()).text).toContain(say('restored.cost', { files: 'yes' }));
    await bot.azure.change({ keyVaults });
    await chat.clicks(say('button.go-on'));
    await made(chat, 'vm-app-01-left');
    // Its files have been deleted by then.
    expect((await chat.card()).text).toContain(say('restored.cost', { files: 'no' }));
    await interfacesOf(2, /An earlier attempt created .*, which this VM doesn't use/);
  });

  /** As if it had been started by break-glass, which covers one start. */
  const brokeGlass = async (chat: BotChat) => {
    const glass = { person: ids.chris, name: 'Chris', reason: 'now', typed: 'vm-app-01', at: new Date(), review: null };
    await sql`update approval_request set votes = '[]', glass = ${JSON.stringify(glass)}
      where id = ${await requestOf(chat)}`.execute(bot.database.db);
  };
  /** Continue, and the request for its approval. */
  const requestsToGoOn = async (chat: BotChat, because: 'glass' | 'changed') => {
    await chat.clicks(say('button.go-on'));
    const card = await chat.untilTitle(say('continue.title', { vm: 'vm-app-01' }));
    expect(card.text).toContain(say(`continue.why-${because}`));
    await requestsRestore(chat);
  };

  test('that no approval covers any more continues on a new one, for what is left of it, bound to that', async () => {
    const chat = await failed('vm-app-01-glass');
    await brokeGlass(chat);
    const before = { restores: (await restores()).length, deployments: await deployments() };
    const goesOn = await continueOn(chat);
    await requestsToGoOn(chat, 'glass');
    expect((await goesOn()).text).toBe(say('continue.asked'));
    const asked = (await chat.card()).text;
    expect(asked).toMatch(/continues the restore started on .* 3 steps are done and aren't repeated/);
    const [first, second] = await requestsIn(bot, chat);
    expect(second!.digest).not.toBe(first!.digest);
    const [operation] = await bot.operationsIn(chat);
    const { parts } = operation!.plan as { readonly parts: readonly { readonly id: string; readonly does: string }[] };
    const left = parts.findIndex(({ does }) => does === 'create-vm');
    const done = parts.slice(0, left).map(({ id }) => id);
    expect(second!.plan).toMatchObject({ continues: { operation: operation!.id, done } });
    expect(await deployments()).toBe(before.deployments);
    await chat.as('ben').clicks(say('button.approve'));
    await made(chat, 'vm-app-01-glass');
    expect(await restores()).toHaveLength(before.restores);
    expect(await deployments()).toBe(before.deployments + 1);
    const [, continued, ...others] = await bot.operationsIn(chat);
    expect(others).toEqual([]);
    expect((await requestsIn(bot, chat))[1]).toMatchObject({
      state: 'started',
      operation_id: continued!.id,
      votes: [{ person: ids.ben, decision: 'approve' }],
    });
    // The card of the failed attempt leads to the one that continued it.
    expect((await goesOn()).card?.title).toContain(say('closing.check-vm', { vm: 'vm-app-01-glass' }));
  });

  test('that somebody else continues isn’t approved by the one who asked for it: they chose what is done', async () => {
    const chat = await failed('vm-app-01-makers');
    bot.roles.push({ role: 'approver', to: { kind: 'user', id: ids.ana }, where: {} });
    const ben = chat.as('ben');
    await ben.clicks(say('button.go-on'));
    await ben.untilTitle(say('continue.title', { vm: 'vm-app-01' }));
    await requestsRestore(ben);
    const before = await deployments();
    expect((await chat.clicks(say('button.approve'))).text).toBe(say('refusal.changed-it'));
    expect(await deployments()).toBe(before);
    await chat.as('chris').clicks(say('button.approve'));
    await made(chat, 'vm-app-01-makers');
    expect((await requestsIn(bot, chat))[1]).toMatchObject({ votes: [{ person: ids.chris, decision: 'approve' }] });
    bot.roles.pop();
  });

  /** The same while the first approver has lost the role, which they then have again. */
  const requestsInBetween = async (chat: BotChat) => {
    const roles = bot.roles.splice(0, bot.roles.length);
    bot.roles.push(...roles.filter(({ role, to }) => role !== 'approver' || to.kind !== 'user' || to.id !== ids.ben));
    await requestsToGoOn(chat, 'changed');
    bot.roles.splice(0, bot.roles.length, ...roles);
  };

  test('that is continued otherwise after the last look before it would start isn’t continued twice', async () => {
    const chat = await failed('vm-app-01-race');
    const goesOn = await continueOn(chat);
    await requestsInBetween(chat);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const looked = new Promise<void>((resolve) => {
      bot.failpoint = (failpoint) => {
        if (failpoint !== 'lookup:before-commit') return undefined;
        resolve();
        return held;
      };
    });
    const before = await deployments();
    await chat.as('chris').clicks(say('button.approve'));
    await looked;
    await goesOn();
    release();
    const second = async () => (await requestsIn(bot, chat))[1]!;
    await chat.until('the end of the request', async () => !['pending', 'approved'].includes((await second()).state));
    await chat.until('the VM', async () => (await bot.operationsIn(chat)).some(isDone));
    expect(await second()).toMatchObject({ state: 'superseded', operation_id: null });
    expect(await bot.operationsIn(chat)).toHaveLength(2);
    expect(await deployments()).toBe(before + 1);
  });

  test('that is continued otherwise while its approval is requested isn’t continued twice', async () => {
    const chat = await failed('vm-app-01-twice');
    const goesOn = await continueOn(chat);
    await requestsInBetween(chat);
    const before = await deployments();
    await goesOn();
    await chat.until('the VM', async () => (await bot.operationsIn(chat)).some(isDone));
    await chat.as('chris').clicks(say('button.approve'));
    await chat.untilTitle(say('continue.over'));
    expect((await requestsIn(bot, chat))[1]).toMatchObject({ state: 'superseded', operation_id: null });
    expect(await bot.operationsIn(chat)).toHaveLength(2);
    expect(await deployments()).toBe(before + 1);
  });

  test('has its files deleted under its own approval, also on a second press if the first one failed; then it can’t continue', async () => {
    const others = await blobs();
    const chat = await failed('vm-app-01-clean');
    const [before, files] = [await deployments(), await blobs()];
    expect(files).toBeGreaterThan(others);
    const error = { code: 'AuthorizationPermissionMismatch', message: 'no' };
    await bot.azure.fault({ match: { method: 'DELETE', path: 'vm-app-01-' }, status: 403, body: { error } });
    await chat.clicks(say('button.clean-up'));
    await chat.untilTitle(/Files of the restore of vm-app-01 stay/);
    expect(await blobs()).toBe(files);
    await bot.azure.mend();
    await chat.clicks(say('button.clean-up'));
    await chat.untilTitle(say('closing.clean-up', { vm: 'vm-app-01' }));
    expect(await blobs()).toBe(others);
    expect((await chat.clicks(say('button.go-on'))).text).toBe(say('refusal.files-deleted'));
    expect(await deployments()).toBe(before);
    expect(await bot.operationsIn(chat)).toHaveLength(3);
  });

  test('keeps its files while it continues, whoever presses what on an older card', async () => {
    const chat = await failed('vm-app-01-both');
    const [goOn, cleanUp] = (await chat.card()).buttons;
    const ben = chat.as('ben');
    const release = holdRuns();
    await chat.clicks(goOn!.title);
    const refused = await ben.sends({ verb: cleanUp!.verb, data: cleanUp!.data });
    expect(refused.text).toBe(say('refusal.restore-goes-on'));
    release();
    await made(chat, 'vm-app-01-both');
    expect(await bot.operationsIn(chat)).toHaveLength(2);
    expect((await ben.sends({ verb: cleanUp!.verb, data: cleanUp!.data })).text).toContain(
      say('refusal.outdated-card'),
    );
  });

  test('of two simultaneous presses one wins, and the other is told why it didn’t', async () => {
    const chat = await failed('vm-app-01-pressed');
    const [goOn, cleanUp] = (await chat.card()).buttons;
    const [one, other] = await Promise.all([
      chat.sends({ verb: goOn!.verb, data: goOn!.data }),
      chat.as('ben').sends({ verb: cleanUp!.verb, data: cleanUp!.data }),
    ]);
    expect(await bot.operationsIn(chat)).toHaveLength(2);
    const told = [say('refusal.files-deleted'), say('refusal.restore-goes-on')];
    expect([one.text, other.text].filter((text) => text !== null && told.includes(text))).toHaveLength(1);
    const title =
      one.text === null
        ? say('closing.check-vm', { vm: 'vm-app-01-pressed' })
        : say('closing.clean-up', { vm: 'vm-app-01' });
    await chat.untilTitle(title);
  });
});

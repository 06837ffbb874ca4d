import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PEOPLE, ROLE } from '../../src/sim/estate/known.ts';
import { words } from '../../src/message/words.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { RoleAssignmentSpec } from '../../src/sim/state/state-access.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** By default only approvers may stop, resume and undelete; Ana is none. */
const config = `
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000a1']
`;

describe('stopping, resuming and undeleting', () => {
  let bot: TestBot;
  const puts = async (vm: string) => {
    const all = await bot.azure.writes(new RegExp(`protectedItems/[^/]*${vm}`, 'i'));
    return all.map(({ body }) => (body as { properties: Record<string, unknown> }).properties);
  };
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config, speed: 20_000 });
    for (const name of ['protection-stopped', 'soft-deleted-item']) await bot.azure.scenario(name);
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('stopped once, with the backups kept; then resumed with a policy', async () => {
    const chat = await bot.asks('ana', 'backup stop vm-app-01');
    const card = await chat.untilTitle('Stop the backups of vm-app-01?');
    expect(card.text).toContain('Existing ones are kept and can still be restored.');
    expect(card.text).toContain('--delete-backup-data false');
    expect(card.titles).toEqual(['Stop backups', 'Cancel']);
    await chat.clicks('Stop backups');
    const closing = await chat.untilTitle('Backups of vm-app-01 stopped');
    expect(closing.titles).toContain('Resume backups…');
    const [sent, ...more] = await puts('vm-app-01');
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ protectionState: 'ProtectionStopped', policyId: '' });
    expect(sent).not.toHaveProperty('resourceGuardOperationRequests');
    const again = await bot.asks('ana', 'backup stop vm-app-01');
    expect((await again.card()).title).toContain('Backups of vm-app-01 stopped; existing ones kept');
    expect((await again.card()).titles).toEqual(['Resume backups…', 'Check again', 'Close']);

    await chat.clicks('Resume backups…');
    await chat.untilTitle('Resume the backups of vm-app-01?');
    await chat.clicks('Resume backups');
    await chat.untilTitle(/Backups of vm-app-01 run again/);
    const resumed = (await puts('vm-app-01')).at(-1);
    expect(resumed).toMatchObject({ policyId: expect.stringMatching(/backupPolicies\/DefaultPolicy$/) });
    expect(resumed).not.toHaveProperty('protectionState');
  });

  test('in somebody’s own chat the end offers only what it would also take from them', async () => {
    const { items } = await bot.azure.state('items');
    bot.rules.push({ operation: 'resume-protection', match: {}, verdict: { deny: true } });
    const own = bot.as('ana');
    await own.asks('backup stop vm-app-02');
    await own.untilTitle('Stop the backups of vm-app-02?');
    await own.clicks('Stop backups');
    const closing = await own.untilTitle('Backups of vm-app-02 stopped');
    expect(closing.titles).not.toContain('Resume backups…');
    bot.rules.pop();
    await bot.azure.change({ items });
  });

  test('without any recovery point nothing is said of backups that are kept', async () => {
    const { items } = await bot.azure.state('items');
    await bot.azure.change({
      items: items.map(({ lastRecoveryPoint, ...item }) =>
        item.vmId.endsWith('/vm-app-02')
          ? { ...item, points: [] }
          : { ...item, ...(lastRecoveryPoint && { lastRecoveryPoint }) },
      ),
    });
    const chat = await bot.asks('ana', 'backup stop vm-app-02');
    const card = await chat.untilTitle('Stop the backups of vm-app-02?');
    expect(card.text).toContain(say('stop-protection.why-none'));
    expect(card.text).not.toMatch(/are kept|are billed/);
    await chat.clicks('Stop backups');
    await chat.untilTitle('Backups of vm-app-02 stopped');
    const again = await bot.asks('ana', 'backup stop vm-app-02');
    expect((await again.card()).title).toContain(say('backups.stopped-none', { vm: 'vm-app-02' }));
    await bot.azure.change({ items });
  });

  test('deleted backups are undeleted, and stay stopped', async () => {
    const chat = await bot.asks('ana', 'backup stop vm-case-10');
    const card = await chat.untilTitle('Backups of vm-case-10 deleted: undelete them first');
    expect(card.titles[0]).toBe('Undelete backups…');
    await chat.clicks('Undelete backups…');
    const ask = await chat.untilTitle('Undelete the backups of vm-case-10?');
    expect(ask.text).toMatch(/gone for good in 9 days/);
    await chat.clicks('Undelete backups');
    await chat.untilTitle('Backups of vm-case-10 undeleted; still stopped');
    expect(await puts('vm-case-10')).toEqual([
      expect.objectContaining({ isRehydrate: true, protectionState: 'ProtectionStopped', policyId: '' }),
    ]);
  });

  test('changed by somebody else between card and click: nothing is sent', async () => {
    const chat = await bot.asks('ana', 'backup resume vm-case-11');
    await chat.untilTitle('Resume the backups of vm-case-11?');
    const { items } = await bot.azure.state('items');
    const state = items.map((item) =>
      item.vmId.endsWith('/vm-case-11') ? { ...item, deletedAt: new Date().toISOString() } : item,
    );
    await bot.azure.change({ items: state });
    await chat.clicks('Resume backups');
    await chat.untilTitle('Backups of vm-case-11 deleted: undelete them first');
    expect(await puts('vm-case-11')).toEqual([]);
    await bot.azure.change({ items });
  });

  test('people who aren’t approvers are told so, and nothing is sent', async () => {
    const chat = await bot.asks('ben', 'backup stop vm-hr-01');
    const card = await chat.untilTitle("You can't stop backups");
    expect(card.text).toMatch(/needs the approver role/);
    expect(card.titles).toEqual([]);
    expect(await puts('vm-hr-01')).toEqual([]);
  });

  test('a Resource Guard: shown before, its request is sent along; its refusal ends it with the remedy, until it allows it', async () => {
    const chat = await bot.asks('ana', 'backup stop vm-neu-01');
    const card = await chat.untilTitle('Stop the backups of vm-neu-01?');
    expect(card.text).toContain('A Resource Guard protects rsv-prod-neu');
    await chat.clicks('Stop backups');
    const closing = await chat.untilTitle(/Backups of vm-neu-01 were NOT stopped/);
    expect(closing.text).toMatch(/LinkedAuthorizationFailed|Resource Guard/);
    expect(await puts('vm-neu-01')).toEqual([
      expect.objectContaining({ resourceGuardOperationRequests: [expect.stringMatching(/guard-prod\/.*\/default$/)] }),
    ]);
    // The guard's owner gives Kluis read access to its requests.
    const { vaults, roleAssignments } = await bot.azure.state('vaults', 'roleAssignments');
    const given: RoleAssignmentSpec = {
      name: '00000000-0000-0000-0000-00000000a778',
      scope: vaults.find(({ name }) => name === 'rsv-prod-neu')!.guard!.resourceGuardId,
      roleId: ROLE.reader,
      principalId: IDENTITIES['kluis-operate'],
      principalType: 'ServicePrincipal',
      created: new Date().toISOString(),
    };
    const owner = { ...given, name: given.name.replace('778', '779'), roleId: ROLE.owner, principalId: PEOPLE.chris };
    await bot.azure.change({ roleAssignments: [...roleAssignments, given, { ...owner, principalType: 'User' }] });
    const again = await bot.asks('ana', 'backup stop vm-neu-01');
    const owned = await again.untilTitle('Stop the backups of vm-neu-01?');
    expect(owned.text).toMatch(/Chris \w+ can give it, on guard-prod\./);
    await again.clicks('Stop backups');
    await again.untilTitle('Backups of vm-neu-01 stopped');
    const [refused, taken, ...more] = await puts('vm-neu-01');
    expect(taken).toEqual(refused);
    expect(more).toEqual([]);
    await bot.azure.change({ roleAssignments });
    // Whether resuming is among what it protects is unknown: that is said, and nothing is named, as the Azure CLI does.
    await again.clicks('Resume backups…');
    const resuming = await again.untilTitle('Resume the backups of vm-neu-01?');
    expect(resuming.text).toContain("Azure doesn't say whether that includes resuming backups");
    await again.clicks('Resume backups');
    await again.untilTitle(/Backups of vm-neu-01 run again/);
    expect((await puts('vm-neu-01')).at(-1)).not.toHaveProperty('resourceGuardOperationRequests');
  });

  test('an unknown name, an ambiguous one, an invalid one', async () => {
    const none = await bot.asks('ana', 'backup stop vm-nobody');
    expect((await none.card()).title).toBe('ℹ️ No backups of vm-nobody found');
    const { items } = await bot.azure.state('items');
    const [one] = items.filter(({ vmId }) => vmId.endsWith('/vm-dup-01'));
    const twin = { ...one!, vmId: one!.vmId.replace('/rg-app/', '/rg-web/'), container: `${one!.container}-twin` };
    await bot.azure.change({ items: [...items, twin] });
    const several = await bot.asks('ana', 'backup stop vm-dup-01');
    expect((await several.card()).titles).toEqual(['rg-app/vm-dup-01', 'rg-web/vm-dup-01', 'Close']);
    await several.clicks('rg-app/vm-dup-01');
    await several.untilTitle(/Stop the backups of/);
    await bot.azure.change({ items });
    const word = await bot.asks('ana', 'backup resume constructor');
    expect((await word.card()).title).toBe('ℹ️ No backups of constructor found');
  });

  type Item = Awaited<ReturnType<TestBot['azure']['state']>>['items'][number];
  const isOf = (vm: string) => (item: Item) => item.vmId.endsWith(`/${vm}`);
  const itemOf = async (vm: string) => (await bot.azure.state('items')).items.find(isOf(vm));
  const changes = async (vm: string, more: Partial<Item>) => {
    const { items } = await bot.azure.state('items');
    await bot.azure.change({ items: items.map((item) => (isOf(vm)(item) ? { ...item, ...more } : item)) });
  };
  const running = { state: 'Protected', deletedAt: undefined } as const;
  const byGold = async () => ({ ...running, policyId: (await itemOf('vm-app-01'))!.policyId.replace(/\w+$/, 'gold') });
  /** Somebody protects `vm-plain-01` in the portal. */
  const protects = async (more: Partial<Item>) => {
    const { items } = await bot.azure.state('items');
    const { vmId, container, ...like } = items.find(isOf('vm-app-01'))!;
    const named = (id: string) => id.replace('vm-app-01', 'vm-plain-01').replace('rg-app', 'rg-web');
    const item = { ...like, vmId: named(vmId), container: named(container), points: [], ...more };
    await bot.azure.change({ items: [...items, item] });
  };

  /** What waits, who decides something about the VM meanwhile, how the card ends, and what the item is then. */
  type Waiting = {
    readonly what: string;
    readonly vm: string;
    readonly given?: () => Promise<void>;
    readonly asks: string;
    readonly clicks: string;
    readonly meanwhile: () => Promise<void>;
    readonly ends: string;
    readonly item: Partial<Item>;
  };
  const otherwise = say('trouble.protected-otherwise');
  const stopped = say('trouble.protection-stopped');
  const waiting: readonly Waiting[] = [
    {
      what: 'protect: protected with another policy',
      ...{ vm: 'vm-plain-01', asks: 'backup', clicks: 'Protect only', ends: otherwise },
      meanwhile: async () => protects(await byGold()),
      item: { policyId: expect.stringMatching(/gold$/) as unknown as string },
    },
    {
      what: 'protect: protected, and stopped again',
      ...{ vm: 'vm-plain-01', asks: 'backup', clicks: 'Protect only', ends: stopped },
      meanwhile: () => protects({ state: 'ProtectionStopped' }),
      item: { state: 'ProtectionStopped' },
    },
    {
      what: 'resume: resumed with another policy',
      ...{ vm: 'vm-case-11', asks: 'backup resume', clicks: 'Resume backups', ends: otherwise },
      meanwhile: async () => changes('vm-case-11', await byGold()),
      item: { policyId: expect.stringMatching(/gold$/) as unknown as string },
    },
    {
      what: 'stop: deleted',
      ...{ vm: 'vm-app-02', asks: 'backup stop', clicks: 'Stop backups', ends: stopped },
      meanwhile: () => changes('vm-app-02', { state: 'ProtectionStopped', deletedAt: new Date().toISOString() }),
      item: { deletedAt: expect.any(String) as unknown as string },
    },
    {
      what: 'undelete: undeleted and resumed',
      ...{ vm: 'vm-case-10', asks: 'backup undelete', clicks: 'Undelete backups', ends: 'vm-case-10 undeleted' },
      given: () => changes('vm-case-10', { state: 'ProtectionStopped', deletedAt: new Date().toISOString() }),
      meanwhile: () => changes('vm-case-10', running),
      item: { state: 'Protected' },
    },
  ];

  test.each(waiting)(
    'decided by somebody else while Azure lets it wait ($what): it stays so',
    async ({ vm, given, asks, clicks, meanwhile, ends, item }) => {
      const { items } = await bot.azure.state('items');
      await given?.();
      const path = new RegExp(`protectedItems/[^/]*${vm}\\?`, 'i');
      const before = (await bot.azure.requests('PUT', path)).length;
      const sent = async () => (await bot.azure.requests('PUT', path)).slice(before);
      const error = { code: 'TooManyRequests', message: 'Later.' };
      const match = { method: 'PUT', path: `${vm}\\?` };
      await bot.azure.fault({ match, status: 429, headers: { 'retry-after': '1' }, body: { error }, times: 1 });
      bot.failpoint = async (failpoint) => {
        if (failpoint !== 'write:after-settle' || (await sent()).length === 0) return;
        bot.failpoint = () => {};
        await meanwhile();
      };
      const chat = await bot.asks('ana', `${asks} ${vm}`);
      await chat.untilButton(clicks);
      await chat.clicks(clicks);
      await chat.untilTitle(ends);
      expect((await sent()).map(({ status }) => status)).toEqual([429]);
      expect(await itemOf(vm)).toMatchObject(item);
      await bot.azure.change({ items });
    },
  );

  const forgotten = say('trouble.operation-forgotten');
  test.each([
    { asks: 'backup vm-plain-01', vm: 'vm-plain-01', clicks: 'Protect only', ends: 'vm-plain-01 is protected' },
    { asks: 'backup stop vm-app-01', vm: 'vm-app-01', clicks: 'Stop backups', ends: 'vm-app-01 stopped' },
    { asks: 'backup resume vm-case-11', vm: 'vm-case-11', clicks: 'Resume backups', ends: 'vm-case-11 run again' },
    { asks: 'backup undelete vm-case-10', vm: 'vm-case-10', clicks: 'Undelete backups', ends: 'vm-case-10 undeleted' },
  ])('Azure accepts “$asks”, and forgets it: that is said, and it can be done again', async (one) => {
    const { asks, vm, clicks, ends } = one;
    const kept = (await bot.azure.state('items')).items;
    const items = kept.map((item) =>
      item.vmId.endsWith('/vm-case-10') ? { ...item, deletedAt: new Date().toISOString() } : item,
    );
    const { jobs } = await bot.azure.state('jobs');
    await bot.azure.change({ items });
    const before = (await puts(vm)).length;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-settle' || (await puts(vm)).length === before) return;
      bot.failpoint = () => {};
      await bot.azure.change({ items, jobs, operations: [] });
    };
    const chat = await bot.asks('ana', asks);
    await chat.untilButton(clicks);
    await chat.clicks(clicks);
    const closing = await chat.untilTitle(forgotten);
    expect(closing.title).toMatch(new RegExp(`^⚠️ ${vm}.*: ${forgotten}$`, 'u'));
    expect(closing.text).toContain(say('trouble-why.operation-forgotten'));
    expect(closing.titles).toEqual([say('button.check-again')]);
    expect((await puts(vm)).length).toBe(before + 1);
    const again = await bot.asks('ana', asks);
    await again.untilButton(clicks);
    await again.clicks(clicks);
    await again.untilTitle(ends);
    expect((await puts(vm)).length).toBe(before + 2);
    await bot.azure.change({ items: kept });
  });

  test('in Dutch', async () => {
    const dutch = await bot.as('ana').inDutch().asks('backup stop vm-hr-02');
    expect(dutch.title).toBe('❓ De back-ups van vm-hr-02 stoppen?');
    expect(dutch.titles).toEqual(['Back-ups stoppen', 'Annuleren']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { GROUP, PEOPLE, ROLE } from '../../src/sim/estate/known.ts';
import type { RoleAssignmentSpec } from '../../src/sim/state/state-access.ts';
import type { BotChat } from '../support/bot-chat.ts';
import {
  approvesRestore,
  choosesNewVm,
  choosesRestore,
  choosesVm,
  requestsRestore,
  restoreRoles,
  restoreSubnet,
  restoreTarget,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say, money, names } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const prices =
  'prices: { currency: EUR, disks: { Premium_LRS: 0.1, StandardSSD_LRS: 0.1 }, staging: 0.05, vms: { standard_d4s_V5: 140 } }\n';
const subscription = restoreTarget.group.split('/resourceGroups')[0]!;
const contoso = '/providers/Microsoft.Management/managementGroups/contoso';

describe('a restore’s consequences are shown before anybody decides on it', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: `${restoreRoles}${prices}`, speed: 20_000 });
    const { subscriptions } = await bot.azure.state('subscriptions');
    await bot.azure.change({ subscriptions: subscriptions.map((one) => ({ ...one, managementGroups: [contoso] })) });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const group = { principalId: GROUP.approvers, principalType: 'Group' as const };
  const given = async (...roles: readonly Partial<RoleAssignmentSpec>[]) => {
    const one = { scope: subscription, roleId: ROLE.reader, principalId: PEOPLE.chris, principalType: 'User' as const };
    const roleAssignments = roles.map((role, at) => ({
      ...one,
      name: `00000000-0000-0000-0000-0000000000${10 + at}`,
      created: '2025-09-01T09:00:00.0000000Z',
      ...role,
    }));
    const { roleAssignments: before } = await bot.azure.state('roleAssignments');
    const identities = before.filter(({ principalType }) => principalType === 'ServicePrincipal');
    await bot.azure.change({ roleAssignments: [...identities, ...roleAssignments] });
  };
  const restores = () => bot.azure.requests('POST', /\/restore\?/);

  test('who can read the disks there: by name, with the role and where it comes from, for requester and approvers', async () => {
    await given(
      {},
      { ...group, scope: contoso },
      { scope: restoreTarget.group, roleId: ROLE.contributor, principalId: PEOPLE.ben },
      // Not here, and not of disks.
      { scope: `${subscription}/resourceGroups/rg-app`, roleId: ROLE.owner, principalId: PEOPLE.ana },
      { roleId: ROLE.keyVaultSecretsUser, principalId: PEOPLE.ana },
    );
    const chat = await choosesRestore(bot, 'vm-app-01', 'who can read it');
    const own = (await chat.card()).text;
    const line = /Can read the disks in rg-restore: (.*)\./.exec(own);
    expect(line?.[1]).toMatch(/^(kluis-\S+, )*Ben/);
    expect(line?.[1]).not.toContain('Chris');
    expect(own).toMatch(/Ben \w+ · person · can export what is on them · can attach them to a VM\n?.*Contributor\n/);
    expect(own).toMatch(/Chris \w+ · person\n?.*Reader, inherited from the subscription/);
    expect(own).toMatch(/Backup approvers · group\n?.*Reader, inherited from management group contoso/);
    expect(own).toMatch(/kluis-operate · app/);
    expect(own).not.toMatch(/Ana de Vries · person/);
    await requestsRestore(chat);
    const asked = (await chat.as('ben').card()).text;
    expect(asked).toContain(line![0].replace(/\.$/, ''));
    expect(asked).toContain('Backup approvers · group');
    await chat.clicks(say('button.withdraw'));
  });

  test('people excluded by a deny assignment aren’t named; those possibly exempt from it are, and so is everybody if none could be read', async () => {
    const denied = (id: string, over: object) => ({
      ...{ id, name: id, scope: subscription, principals: [{ id: PEOPLE.chris, type: 'User' }], excluded: [] },
      permissions: { actions: ['Microsoft.Compute/disks/*'], notActions: [], dataActions: [], notDataActions: [] },
      ...over,
    });
    const text = async (...denyAssignments: object[]) => {
      await bot.azure.change({ denyAssignments } as never);
      const chat = await choosesRestore(bot, 'vm-app-01', 'who is denied');
      return (await chat.card()).text;
    };
    await given(
      { roleId: ROLE.contributor },
      { scope: restoreTarget.group, roleId: ROLE.contributor, principalId: PEOPLE.ben },
    );
    expect(await text()).toMatch(/Chris \w+ · person · can export/);
    expect(await text(denied('a', {}))).not.toMatch(/Chris \w+ · person/);
    const exporting = { actions: ['*/beginGetAccess/action'], notActions: [], dataActions: [], notDataActions: [] };
    expect(await text(denied('b', { permissions: exporting }))).toMatch(
      /Chris \w+ · person · can attach them to a VM · Contributor/,
    );
    const everyone = { principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }] };
    const but = (id: string, type: string) => ({ ...everyone, excluded: [{ id, type }] });
    const others = await text(denied('c', but(PEOPLE.ben, 'User')));
    expect(others).toMatch(/Ben \w+ · person · can export/);
    expect(others).not.toMatch(/Chris \w+ · person/);
    expect(await text(denied('d', but(GROUP.approvers, 'Group')))).toMatch(/Chris \w+ · person · can export/);
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'denyAssignments' }, status: 403, body: { error } });
    const unread = await text(denied('a', {}));
    expect(unread).toMatch(/Chris \w+ · person · can export/);
    expect(unread).toContain(say('readers.denials-unread'));
    await bot.azure.mend();
    await bot.azure.change({ denyAssignments: [] });
  });

  /** The differences from what was approved, as the requester is told them: with one like this among them. */
  const changeTold = (chat: BotChat, like: RegExp) =>
    chat.until(`a difference like ${like}`, async () => {
      const about = 'changed since it was approved, so nothing was started';
      const told = (await chat.pings()).filter(({ text }) => text.includes(about));
      const lines = told.map(({ text }) => text.split('<br/>').filter((line) => /^[−+] |^[^:]+: .* → /.test(line)));
      return told.every(({ text }) => text.includes('<at>Ana de Vries</at>'))
        ? lines.find((all) => all.some((line) => like.test(line)))
        : null;
    });
  const owner = { scope: restoreTarget.group, roleId: ROLE.owner, principalId: PEOPLE.ana };

  test('a new reader since the approval: shown line by line, approval is requested again, and nothing is sent', async () => {
    await given({});
    const chat = await choosesRestore(bot, 'vm-app-01', 'somebody gets in');
    await requestsRestore(chat);
    await given({}, owner);
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilButton(say('button.ask-approval'));
    expect((await chat.card()).text).toMatch(/Ana de Vries · person · can export/);
    const lines = await changeTold(chat, /^\+ Ana de Vries · person · can export.*: Owner$/);
    expect(lines.filter((line) => line.includes('Can read the disks'))).toHaveLength(2);
    expect(lines.join()).not.toContain('Chris');
    expect(await restores()).toEqual([]);
  });

  test('a change that no sentence of the plan mentions is shown by its field, from what to what', async () => {
    const { vms } = await bot.azure.state('vms');
    const tagged = async (owner: string) => {
      await bot.azure.change({ vms: vms.map((vm) => (vm.name === 'vm-app-01' ? { ...vm, tags: { owner } } : vm)) });
      await refreshInventory(bot.deps);
    };
    await tagged('payroll');
    const chat = await choosesRestore(bot, 'vm-app-01', 'a tag changes');
    await requestsRestore(chat);
    await tagged('finance');
    await chat.as('ben').clicks(say('button.approve'));
    const lines = await changeTold(chat, /^VM: owner payroll → finance$/);
    expect(lines.filter((line) => line.includes('finance'))).toHaveLength(1);
    expect(await restores()).toEqual([]);
    await bot.azure.change({ vms });
    await refreshInventory(bot.deps);
  });

  test('for a new VM all input stays: one press requests the present plan, and the old one is void', async () => {
    await given({}, owner);
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-anew');
    await requestsRestore(chat);
    const rows = async () => {
      const dialog = (await bot.rows('dialog')).find(({ conversation_id: id }) => id === chat.id);
      return (await bot.rows('approval_request')).filter(({ dialog_id: id }) => id === dialog!.id);
    };
    // First fewer people can read them, which is no worse; then more.
    for (const [now, changed] of [
      [[{}], /^− Ana de Vries · person · can export.*: Owner$/],
      [[{}, owner], /^\+ Ana de Vries · person · can export.*: Owner$/],
    ] as const) {
      const before = (await rows()).find(({ state }) => state === 'pending')!;
      const on = await chat.newest();
      await given(...now);
      await chat.as('ben').clicks(say('button.approve'));
      await chat.untilButton(say('button.ask-approval'));
      await changeTold(chat, changed);
      await requestsRestore(chat);
      // Approvers see what differs from what they approved.
      const seen = (await chat.as('ben').card()).text;
      const since = seen.slice(seen.indexOf(say('request.changes'))).split('\n');
      expect(since).toContainEqual(expect.stringMatching(changed));
      const asked = (await rows()).find(({ state }) => state === 'pending')!;
      expect(asked.digest).not.toBe(before.digest);
      expect(JSON.stringify(asked.plan)).toContain('"name":"vm-app-01-anew"');
      expect((await rows()).find(({ id }) => id === before.id)).toMatchObject({ state: 'superseded' });
      const data = { request: before.id, digest: before.digest };
      expect((await chat.as('ben').sends({ verb: 'approve', data, on })).text).toContain('since the plan changed');
    }
    expect(await rows()).toHaveLength(3);
    expect(await restores()).toEqual([]);
    await chat.clicks(say('button.withdraw'));
  });

  test('the cost of keeping the disks, by the price list alone; nothing if a price is missing', async () => {
    const { disks, items } = await bot.azure.state('disks', 'items');
    const own = disks.filter(({ name }) => name.startsWith('vm-app-01'));
    const gib = own.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
    expect(gib).toBeGreaterThan(100);
    const chat = await choosesRestore(bot, 'vm-app-01', 'what it costs');
    const line = say('cost.line', { what: say('cost.disks', { amount: `€${Math.round(gib * 0.1)}` }) });
    expect((await chat.card()).text).toContain(line);
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(line.replace(/\.$/, ''));
    await chat.clicks(say('button.withdraw'));

    const points = items.map((item) => ({
      ...item,
      points: item.points.map((point) => ({ ...point, tiers: ['HardenedRP' as const] })),
    }));
    await bot.azure.change({ items: points });
    const copied = await choosesRestore(bot, 'vm-app-01', 'from the vault');
    const staging = `€${(gib * 0.05).toFixed(gib * 0.05 < 10 ? 2 : 0)}`;
    expect((await copied.card()).text).toContain(say('cost.copies', { amount: staging }));

    const [first, ...others] = own;
    const rest = disks.filter((disk) => !own.includes(disk));
    await bot.azure.change({ items, disks: [...rest, { ...first!, sku: 'UltraSSD_LRS' }, ...others] });
    const unknown = await choosesRestore(bot, 'vm-app-01', 'a disk without a price');
    expect((await unknown.card()).text).not.toContain('Monthly cost');
    await bot.azure.change({ disks });
  });

  test('the cost of a new VM by its size: before the decision, after a failure for what exists by then, and at the end', async () => {
    const { disks, items } = await bot.azure.state('disks', 'items');
    const own = disks.filter(({ name }) => /^vm-app-01[_-]/.test(name));
    const gib = own.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
    const [forDisks, forCopies] = [money(gib * 0.1, 'EUR'), money(gib * 0.05, 'EUR')];
    const vm = say('cost.vm', { amount: '€140' });
    const body = { parameters: {}, resources: [{ type: 'Microsoft.Web/sites' }] };
    await bot.azure.fault({ match: { method: 'GET', path: 'azuredeploy' }, status: 200, body });
    const fromVault = items.map((item) => ({
      ...item,
      points: item.points.map((point) => ({ ...point, tiers: ['HardenedRP' as const] })),
    }));
    await bot.azure.change({ items: fromVault });
    const files = async () =>
      (await bot.azure.state('blobs')).blobs.flatMap(({ container, name }) =>
        container.startsWith('vm-app-01-') ? [name] : [],
      );
    const before = await files();
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-priced');
    const line = say('cost.line', { what: names([say('cost.disks', { amount: forDisks }), vm]) });
    expect((await chat.card()).text).toContain(line);
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(line.replace(/\.$/, ''));
    await chat.as('ben').clicks(say('button.approve'));
    const failed = await chat.untilTitle(/❌.*vm-app-01-priced/u);
    const restored = say('kept.disks', { amount: forDisks });
    const left = names([restored, say('cost.copies', { amount: forCopies })]);
    expect(failed.text).toContain(say('kept.line', { what: left }));
    // What is restored from the vault is copied there first: one file per disk, besides settings, keys and template.
    const made = (await files()).filter((name) => !before.includes(name));
    expect(made.filter((name) => name.endsWith('.vhd'))).toHaveLength(own.length);
    expect(made.length).toBeGreaterThan(own.length + 1);
    await bot.azure.mend();
    await chat.clicks(say('button.go-on'));
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-priced' }));
    expect(closing.text).toContain(say('kept.line', { what: names([restored, vm]) }));
    expect(await files()).toEqual(before);
    await bot.azure.change({ items });
    // A size without a price isn't guessed, and the amount says that it is missing.
    const other = await choosesVm(bot, 'vm-app-01');
    await other.clicks('Continue', { name: 'vm-x', subnet: restoreSubnet, size: 'Standard_D2s_v5' });
    const { text } = await other.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    expect(text).not.toContain(vm);
    expect(text).toContain(say('cost.no-vm', { vm: 'vm-x', size: 'Standard_D2s_v5' }));
  });

  test('a subnet without a free address can’t be chosen, nor used once it is full; unread is shown and blocks nothing', async () => {
    const { virtualNetworks } = await bot.azure.state('virtualNetworks');
    const fills = (used: Readonly<Record<string, number>>) =>
      bot.azure.change({
        virtualNetworks: virtualNetworks.map((network) => ({
          ...network,
          subnets: network.subnets.map((one) => ({ ...one, othersUse: used[one.name] ?? 0 })),
        })),
      });
    const app = 'vnet-prod-weu/snet-app';
    await fills({ 'snet-app': 251, 'snet-restore': 245 });
    const chat = await choosesVm(bot, 'vm-app-01');
    const card = await chat.card();
    expect(card.text).toContain(say('subnet.full', { subnets: app }));
    const { choices } = card.inputs['subnet']!;
    expect(choices.find(({ value }) => value === restoreSubnet)!.title).toMatch(/ · \d free address(es)?$/);
    const full = restoreSubnet.replace('snet-restore', 'snet-app');
    expect(choices.map(({ value }) => value)).not.toContain(full);
    const [go] = card.buttons;
    const forged = await chat.sends({ verb: go!.verb, data: { ...go!.data, name: 'vm-x', subnet: full } });
    expect(forged.text).toContain(say('refusal.subnet-full', { subnet: app }));
    await chat.clicks('Continue', { name: 'vm-x', subnet: restoreSubnet });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    const before = (await restores()).length;
    await requestsRestore(chat);
    await fills({ 'snet-restore': 251 });
    await chat.as('ben').clicks(say('button.approve'));
    const anew = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
    expect(anew.text).toContain(say('subnet.full', { subnets: 'vnet-prod-weu/snet-restore' }));
    expect(await restores()).toHaveLength(before);
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'vnet-prod-weu/usages' }, status: 403, body: { error } });
    const unread = await choosesNewVm(bot, 'vm-app-01', 'vm-x');
    const last = await unread.card();
    expect(last.text).toContain(say('subnet.unknown', { subnet: 'vnet-prod-weu/snet-restore' }));
    expect(last.titles[0]).toBe(say('button.ask-approval'));
    await bot.azure.mend();
    await bot.azure.change({ virtualNetworks });
  });

  test('without the directory they are shown by ID, and what can’t be read is said, never that nobody can', async () => {
    const { directory } = await bot.azure.state('directory');
    await bot.azure.change({ directory: { ...directory, readableByBot: false } });
    const nameless = await choosesRestore(bot, 'vm-app-01', 'no names');
    expect((await nameless.card()).text).toContain(`${PEOPLE.chris} · person`);
    await bot.azure.change({ directory });
    const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
    await bot.azure.fault({
      match: { method: 'GET', path: 'rg-restore/providers/Microsoft.Authorization/roleAssignments' },
      status: 403,
      body,
    });
    const unread = await choosesRestore(bot, 'vm-app-01', 'unread');
    const { text } = await unread.card();
    expect(text).toContain(say('readers.unread', { group: 'rg-restore' }));
    expect(text).not.toMatch(/can read the disks in rg-restore:/);
    await bot.azure.mend();
  });

  test('what the identity may not do in Azure is shown in Azure’s words, and no other identity is used', async () => {
    const { roleAssignments } = await bot.azure.state('roleAssignments');
    const without = roleAssignments.filter(({ scope }) => !scope.endsWith('rg-network'));
    await bot.azure.change({ roleAssignments: without });
    Object.assign(bot.deps.waits, { refusedReads: 500 }); // the last test here
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-barred');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('Microsoft.Network/virtualNetworks/subnets/join/action');
    await chat.as('chris').clicks(say('button.go-on'));
    const card = await chat.untilTitle(say('continue.title', { vm: 'vm-app-01' }));
    expect(card.text).toContain(say('continue.why-person'));
    await bot.azure.change({ roleAssignments });
  });
});

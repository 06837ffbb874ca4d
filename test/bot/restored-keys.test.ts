import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { auditPages } from '../../src/cli/audit/audit-pages.ts';
import { words } from '../../src/message/words.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import { unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import type { KeyVaultSpec } from '../../src/sim/state/state-keyvault.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { materialOf, traceOf } from '../support/key-material.ts';
import {
  approvesRestore,
  choosesRestore,
  choosesTarget,
  restoreRoles,
  restoreTarget,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('the keys of restored disks', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const config = `${restoreRoles}encryption: { requireKek: 'off' }\n`;
    bot = await startBot({ database: 'postgres', config, speed: 20_000 });
  });
  // Azure restores a VM only so often within 24 hours: each test has its own day.
  afterEach(async () => {
    const { jobs } = await bot.azure.state('jobs');
    const isOver = ({ operation, status }: (typeof jobs)[number]) => operation === 'Restore' && status !== 'InProgress';
    await bot.azure.change({ jobs: jobs.filter((job) => !isOver(job)) });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const started = async (vm: string, reason?: string): Promise<BotChat> => {
    const chat = await choosesRestore(bot, vm, reason);
    await approvesRestore(chat);
    return chat;
  };
  const restoredWith = (chat: BotChat, vm: string) => chat.untilTitle(say('closing.disks-with-keys', { vm }));
  const ended = (chat: BotChat) => chat.untilTitle(/❌/u);
  const restoredDisks = async (vm: string) => {
    const { disks } = await bot.azure.state('disks');
    const newest = disks.filter(({ resourceGroup, name }) => resourceGroup === 'rg-restore' && name.startsWith(vm));
    const last = newest
      .map(({ created }) => created)
      .sort()
      .at(-1);
    return newest.filter(({ created }) => created === last);
  };
  const unlocked = async (vm: string) => {
    const state = await bot.azure.state();
    return (await restoredDisks(vm)).map((disk) => unlocks(state, disk));
  };
  const keyVault = async (name: string, change: (vault: KeyVaultSpec) => KeyVaultSpec) => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    await bot.azure.change({ keyVaults: keyVaults.map((vault) => (vault.name === name ? change(vault) : vault)) });
  };
  const empty = { keys: [], secrets: [], deletedKeys: [], deletedSecrets: [] };
  /** A key vault, the others, and the full list. */
  const apart = async (vault: string) => {
    const { keyVaults, deletedKeyVaults } = await bot.azure.state('keyVaults', 'deletedKeyVaults');
    const others = keyVaults.filter(({ name }) => name !== vault);
    return { was: keyVaults.find(({ name }) => name === vault)!, others, keyVaults, deletedKeyVaults };
  };
  const deletedNow = (vault: KeyVaultSpec) => ({ vault, deletedAt: new Date().toISOString() });
  /** Every version of every secret, or key. */
  const enabled =
    (kind: 'keys' | 'secrets', isEnabled: boolean) =>
    (vault: KeyVaultSpec): KeyVaultSpec => ({
      ...vault,
      [kind]: vault[kind].map((one) => ({
        ...one,
        versions: one.versions.map((version) => ({ ...version, enabled: isEnabled })),
      })),
    });
  /** Writes to the data plane of any key vault, and to disks. */
  const keyWrites = async () =>
    (await bot.azure.writes(/^\/(keys|secrets|deleted)|\/disks\//i)).map(({ method, path, status }) => ({
      method,
      path,
      status,
    }));

  test('a deleted key vault is shown before anything runs, approved with the rest, and recovered before the disks', async () => {
    const chat = await choosesRestore(bot, 'vm-hr-01');
    const card = await chat.card();
    expect(card.text).toContain('Key vault kv-hr-weu is deleted. This restore brings the keys back.');
    expect(card.text).toContain(say('plan.recover-key-vault', { keyVault: 'kv-hr-weu' }));
    expect(card.text).toContain('az keyvault recover --name kv-hr-weu --location westeurope');
    const recoveries = () => bot.azure.requests('PUT', /vaults\/kv-hr-weu\?/i);
    expect(await recoveries()).toEqual([]);
    const error = { code: 'Conflict', message: 'Somebody else is at it.' };
    await bot.azure.fault({ match: { method: 'PUT', path: 'vaults/kv-hr-weu' }, status: 409, body: { error } });
    await approvesRestore(chat);
    // What comes before the restore failed: the same plan continues under its approval, and Azure restores once.
    const failed = await ended(chat);
    expect(failed.text).toContain('Somebody else is at it.');
    expect(failed.titles[0]).toBe(say('button.go-on'));
    await bot.azure.mend();
    await chat.clicks(say('button.go-on'));
    const closing = await restoredWith(chat, 'vm-hr-01');
    expect(closing.text).toContain(say('recovered.policies', { keyVault: 'kv-hr-weu' }));
    const [refused, recovered, ...more] = await recoveries();
    expect(refused!.status).toBe(409);
    expect(more).toEqual([]);
    expect(recovered).toMatchObject({ status: 200, body: { properties: { createMode: 'recover' } } });
    const [restored, ...twice] = await bot.azure.requests('POST', /vm-hr-01.*\/restore\?/i);
    expect(twice).toEqual([]);
    expect(recovered!.time < restored!.time).toBe(true);
    // Everything comes back with the key vault: nothing else is written, and the disks unlock.
    expect(closing.text).toContain(say('keys.untouched'));
    expect(await keyWrites()).toEqual([]);
    expect(await unlocked('vm-hr-01')).toEqual([true, true]);
  });

  test('a key vault purged while a restore waits to continue: it says so, and only another plan helps', async () => {
    const { was, others, keyVaults, deletedKeyVaults } = await apart('kv-hr-weu');
    await bot.azure.change({ keyVaults: others, deletedKeyVaults: [deletedNow(was)] });
    const error = { code: 'Conflict', message: 'Somebody else is at it.' };
    await bot.azure.fault({ match: { method: 'PUT', path: 'vaults/kv-hr-weu' }, status: 409, body: { error } });
    const chat = await started('vm-hr-01', 'purged');
    await ended(chat);
    await bot.azure.mend();
    await bot.azure.change({ deletedKeyVaults: [] });
    await chat.clicks(say('button.go-on'));
    const failed = await chat.untilTitle(new RegExp(say('trouble.key-vault-purged')));
    expect(failed.titles[0]).toBe(say('button.choose-again'));
    expect(failed.titles).not.toContain(say('button.go-on'));
    expect(failed.text).not.toContain('keyvault recover');
    await bot.azure.change({ keyVaults, deletedKeyVaults });
  });

  test('purged keys and secrets are restored from the backup, and the restored disks unlock', async () => {
    const chat = await choosesRestore(bot, 'vm-hr-02');
    const card = await chat.card();
    expect(card.text).toContain('This restore brings the keys back.');
    expect(card.text).toContain(say('plan.restore-key-and-secret', { keyVaults: 'kv-hr2-weu', count: 1 }));
    await approvesRestore(chat);
    const closing = await restoredWith(chat, 'vm-hr-02');
    expect(closing.text).toMatch(/kek-\S+ restored into kv-hr2-weu/);
    const writes = await keyWrites();
    expect(writes.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 200',
      'PUT 200',
      'PUT 200',
      'PATCH 202',
      'PATCH 202',
    ]);
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
    const [put] = await bot.azure.requests('PUT', /^\/secrets\//);
    expect(put!.body).toMatchObject({
      contentType: 'Wrapped BEK',
      tags: { DiskEncryptionKeyEncryptionAlgorithm: 'RSA-OAEP', MachineName: 'vm-hr-02' },
    });
    // No value of a secret was read.
    const reads = await bot.azure.requests('GET', /^\/secrets\//);
    expect(reads.filter(({ path }) => !/\/versions\?/.test(path))).toEqual([]);
  });

  test('restored again, they are found as an earlier restore left them, and no version is created', async () => {
    const before = (await keyWrites()).filter(({ method }) => method !== 'PATCH');
    const chat = await started('vm-hr-02');
    const closing = await restoredWith(chat, 'vm-hr-02');
    expect(closing.text).toContain(say('keys.earlier'));
    expect((await keyWrites()).filter(({ method }) => method !== 'PATCH')).toEqual(before);
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
  });

  test('a deleted key that can be recovered is recovered, and never overwritten', async () => {
    const gone = <One>(list: readonly One[]) => list.map((one) => ({ ...one, deletedAt: '2026-11-25T08:00:00Z' }));
    await keyVault('kv-hr2-weu', ({ keys, ...vault }) => ({ ...vault, keys: [], deletedKeys: gone(keys) }));
    const closing = await restoredWith(await started('vm-hr-02'), 'vm-hr-02');
    expect(closing.text).toMatch(/kek-\S+ recovered in kv-hr2-weu/);
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
  });

  test('a key vault whose firewall blocks Kluis: steps for a person, and it continues by itself', async () => {
    await keyVault('kv-hr2-weu', (vault) => ({
      ...vault,
      keys: [],
      secrets: [],
      firewall: { defaultAction: 'Deny', bypass: 'AzureServices' },
    }));
    const chat = await started('vm-hr-02');
    const card = await chat.untilTitle(say('in-the-way.firewall', { place: 'kv-hr2-weu' }));
    expect(card.text).toContain('az keyvault network-rule add --name kv-hr2-weu --ip-address 192.0.2.10');
    expect(card.text).toContain('Disks restored');
    // An edited card notifies nobody: the requester is told once, however often Kluis checks again, and once more
    // after.
    const pings = async () => (await chat.pings()).map(({ text }) => text);
    // But for those who were asked to approve it.
    const told = async () => (await pings()).filter((text) => !text?.includes('Ana de Vries asks'));
    const waits = say('ping.waits', { vm: 'vm-hr-02', why: say('in-the-way.firewall', { place: 'kv-hr2-weu' }) });
    await chat.until('the mention', async () => (await told()).some((text) => text?.includes(waits)));
    const looks = async () => (await bot.azure.requests('GET', /^\/keys\/kek-/)).length;
    const before = await looks();
    await chat.until('three more looks', async () => (await looks()) > before + 2);
    await keyVault('kv-hr2-weu', ({ firewall: _, ...vault }) => vault);
    await restoredWith(chat, 'vm-hr-02');
    await chat.until('the end', async () => (await told()).length === 3);
    expect((await told()).map((text) => text?.replace(/^.*?: | <a .*$/g, ''))).toEqual([
      waits,
      say('ping.goes-on', { vm: 'vm-hr-02' }),
      say('ping.point', { vm: 'vm-hr-02' }),
    ]);
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
  });

  test.each([
    ['that lay there before', { created: '2026-01-01T00:00:00Z' }],
    ['that another VM has', { managedBy: `${restoreTarget.group}/providers/Microsoft.Compute/virtualMachines/vm-x` }],
  ])('a disk %s is not written, whatever the settings file names', async (_what, strange) => {
    const shut = { defaultAction: 'Deny', bypass: 'AzureServices' } as const;
    await keyVault('kv-hr2-weu', (vault) => ({ ...vault, keys: [], secrets: [], firewall: shut }));
    const patches = async () => (await keyWrites()).filter(({ method }) => method === 'PATCH');
    const before = await patches();
    const chat = await started('vm-hr-02', JSON.stringify(strange));
    await chat.untilTitle(say('in-the-way.firewall', { place: 'kv-hr2-weu' }));
    const names = (await restoredDisks('vm-hr-02')).map(({ name }) => name);
    const { disks } = await bot.azure.state('disks');
    await bot.azure.change({ disks: disks.map((one) => (names.includes(one.name) ? { ...one, ...strange } : one)) });
    await keyVault('kv-hr2-weu', ({ firewall: _, ...vault }) => vault);
    expect((await ended(chat)).text).toContain(say('trouble.disks-not-free'));
    expect(await patches()).toEqual(before);
    await bot.azure.change({ disks });
  });

  test('staging behind a firewall: the vault’s identity gets through, only disks are offered, and keys wait', async () => {
    const { vaults, storageAccounts } = await bot.azure.state('vaults', 'storageAccounts');
    const identity = { principalId: randomUUID(), tenantId: randomUUID() };
    await bot.azure.change({ vaults: vaults.map((vault) => ({ ...vault, identity })) });
    // Its keys are gone again, and their backups are where Kluis can't read them.
    await keyVault('kv-hr2-weu', (vault) => ({ ...vault, keys: [], secrets: [] }));
    const chat = await bot.asks('ana', 'backup restore vm-hr-02');
    await chat.untilTitle(say('restore.which', { vm: 'vm-hr-02' }));
    await chat.clicks('Continue');
    const where = await chat.untilTitle(say('restore.where', { vm: 'vm-hr-02' }));
    expect(where.text).toContain(say('staging.by-identity', { account: 'stclosedweu' }));
    const target = { ...restoreTarget, account: restoreTarget.account.replace('stkluisweu', 'stclosedweu') };
    const refused = await chat.clicks('Continue', { ...target, make: 'vm' });
    expect(refused.text).toContain(say('refusal.staging-shut'));
    await chat.clicks('Continue', { ...target, make: 'disks' });
    const asked = await chat.untilTitle(say('restore.sure', { vm: 'vm-hr-02' }));
    expect(asked.text).toContain(say('plan.staging-identity', { vault: 'rsv-prod-weu' }));
    expect(asked.text).toContain('--mi-system-assigned');
    await approvesRestore(chat);
    const waits = await chat.untilTitle(say('in-the-way.staging', { place: 'stclosedweu' }));
    expect(waits.text).toContain('Disks restored');
    const open = storageAccounts.map((one) => (one.name === 'stclosedweu' ? { ...one, firewalled: false } : one));
    await bot.azure.change({ storageAccounts: open });
    await restoredWith(chat, 'vm-hr-02');
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
    await bot.azure.change({ vaults, storageAccounts });
  });

  test('a missing key vault: if deleted it can be recovered; if purged a person creates a new one, which gets the keys', async () => {
    const { was, others, keyVaults, deletedKeyVaults } = await apart('kv-hr2-weu');
    await bot.azure.change({ keyVaults: others });
    const chat = await choosesRestore(bot, 'vm-hr-02', 'purged');
    const asked = await chat.card();
    expect(asked.text).toContain(say('restore.key-vault-purged', { keyVaults: 'kv-hr2-weu', count: 1 }));
    await approvesRestore(chat);
    const card = await chat.untilTitle(say('in-the-way.key-vault', { place: 'kv-hr2-weu' }));
    expect(card.text).toContain(say('in-the-way.key-vault-text', { place: 'kv-hr2-weu', gone: 'purged' }));
    expect(card.text).toMatch(
      /az keyvault create --name kv-hr2-weu --resource-group rg-security --location westeurope /,
    );
    expect(`${asked.text} ${card.text}`).not.toContain('keyvault recover');
    const says = (text: string) => chat.until(text, async () => (await chat.card()).text.includes(text));
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'deletedVaults' }, status: 403, body: { error } });
    await says('az keyvault list-deleted');
    await bot.azure.mend();
    await bot.azure.change({ deletedKeyVaults: [deletedNow(was)] });
    await says('az keyvault recover --name kv-hr2-weu');
    await says(say('in-the-way.key-vault-text', { place: 'kv-hr2-weu', gone: 'deleted' }));
    // One with the same name, using roles: the restore identity's role applies in its whole group.
    const anew = { ...was, ...empty, rbac: true, accessPolicies: [] };
    await bot.azure.change({ keyVaults: [...others, anew], deletedKeyVaults });
    const closing = await restoredWith(chat, 'vm-hr-02');
    expect(closing.text).toMatch(/kek-\S+ restored into kv-hr2-weu/);
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
    await bot.azure.change({ keyVaults });
  });

  test.each(['policies', 'roles'] as const)(
    'no access to the key vault by %s: the command that gives it',
    async (model) => {
      const { keyVaults, roleAssignments } = await bot.azure.state('keyVaults', 'roleAssignments');
      await keyVault('kv-hr2-weu', (vault) => ({ ...vault, ...empty, accessPolicies: [], rbac: model === 'roles' }));
      const isOwn = ({ principalId, scope }: { principalId: string; scope: string }) =>
        principalId === IDENTITIES['kluis-restore'] && scope.endsWith('/rg-security');
      await bot.azure.change({ roleAssignments: roleAssignments.filter((one) => !isOwn(one)) });
      const chat = await started('vm-hr-02', `no access by ${model}`);
      const card = await chat.untilTitle(say('in-the-way.access', { place: 'kv-hr2-weu' }));
      const gives = {
        policies: /az keyvault set-policy --name kv-hr2-weu/,
        roles: /az role assignment create .*kv-hr2-weu/,
      };
      expect(card.text).toMatch(gives[model]);
      expect(card.text).not.toMatch(gives[model === 'roles' ? 'policies' : 'roles']);
      const { accessPolicies } = keyVaults.find(({ name }) => name === 'kv-hr2-weu')!;
      await bot.azure.change({ roleAssignments });
      await keyVault('kv-hr2-weu', (vault) => ({ ...vault, accessPolicies }));
      await restoredWith(chat, 'vm-hr-02');
      expect(await unlocked('vm-hr-02')).toEqual([true, true]);
      await bot.azure.change({ keyVaults });
    },
  );

  test('a disabled key is shown before, waited for, and not touched', async () => {
    const before = await keyWrites();
    await keyVault('kv-prod-weu', enabled('keys', false));
    const chat = await choosesRestore(bot, 'vm-app-01');
    expect((await chat.card()).text).toMatch(/disabled.* stay locked until their keys are back/);
    await approvesRestore(chat);
    const card = await chat.untilTitle(/disabled/);
    expect(card.text).toMatch(/az keyvault key set-attributes --vault-name kv-prod-weu .*--enabled true/);
    await keyVault('kv-prod-weu', enabled('keys', true));
    const closing = await restoredWith(chat, 'vm-app-01');
    expect(closing.text).toContain(say('keys.untouched'));
    expect(await keyWrites()).toEqual(before);
    expect(await unlocked('vm-app-01')).toEqual([true, true]);
  });

  test('keys changed after the recovery point are shown before anything runs', async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    expect((await (await choosesRestore(bot, 'vm-app-01')).card()).text).not.toMatch(/keys of the VM were changed/);
    const aMinuteAgo = new Date(Date.now() - 60_000).toISOString();
    await keyVault('kv-prod-weu', (vault) => ({
      ...vault,
      secrets: vault.secrets.map((secret) => ({
        ...secret,
        versions: secret.versions.map((version) => ({ ...version, created: aMinuteAgo })),
      })),
    }));
    const card = await (await choosesRestore(bot, 'vm-app-01')).card();
    expect(card.text).toMatch(/The keys of the VM were changed after this recovery point, on/);
    await bot.azure.change({ keyVaults });
  });

  test('a settings file of another VM: nothing is restored to a key vault', async () => {
    const body = {
      id: '/subscriptions/s/resourceGroups/rg-x/providers/Microsoft.Compute/virtualMachines/vm-x',
      'properties.storageProfile': { osDisk: null },
    };
    const before = await keyWrites();
    await bot.azure.fault({ match: { method: 'GET', path: '/config-vm-app-01' }, status: 200, body });
    // Another reason: an approval covers a repeat of the same plan.
    const chat = await started('vm-app-01', 'the file of another VM');
    const closing = await chat.untilTitle(new RegExp(say('trouble.settings-of-other-vm')));
    expect(closing.text).toContain(say('phase.restore-disks'));
    expect(await keyWrites()).toEqual(before);
    await bot.azure.mend();
  });

  test('another key has the name by now: it is not overwritten', async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    await keyVault('kv-hr2-weu', ({ keys, ...vault }) => ({
      ...vault,
      keys: keys.map((key) => ({
        ...key,
        versions: key.versions.map((one) => ({ ...one, version: '0123456789abcdef0123456789abcdef' })),
      })),
    }));
    const before = await keyWrites();
    const closing = await ended(await started('vm-hr-02', 'another key'));
    expect(closing.text).toContain(say('trouble.key-name-taken'));
    expect(await keyWrites()).toEqual(before);
    await bot.azure.change({ keyVaults });
  });

  test('keys from another key vault than the approved one: nothing is written there', async () => {
    const { keyVaults, disks, vms } = await bot.azure.state('keyVaults', 'disks', 'vms');
    const elsewhere = <T extends { readonly name: string }>(all: T[]): T[] =>
      all.map((one) =>
        one.name.startsWith('vm-hr-02')
          ? (JSON.parse(JSON.stringify(one).replaceAll('kv-hr2-weu', 'kv-prod-weu')) as T)
          : one,
      );
    await bot.azure.change({ disks: elsewhere(disks), vms: elsewhere(vms) });
    await keyVault('kv-hr2-weu', (vault) => ({ ...vault, keys: [], secrets: [] }));
    const before = await keyWrites();
    const closing = await ended(await started('vm-hr-02', 'another key vault'));
    expect(closing.text).toContain(say('trouble.key-vault-unplanned'));
    expect(await keyWrites()).toEqual(before);
    await bot.azure.change({ keyVaults, disks, vms });
  });

  test('secrets without a KEK are restored from their own backups, and the disks unlock', async () => {
    const chat = await bot.asks('ana', 'backup vm-bek-01');
    await chat.untilButton('Protect and back up now');
    await chat.clicks('Protect and back up now');
    await chat.untilTitle(/vm-bek-01 is backed up/);
    const { disks } = await bot.azure.state('disks');
    const names = disks
      .filter(({ name }) => name.startsWith('vm-bek-01'))
      .flatMap(({ ade }) => (ade ? [ade.secretUrl.split('/')[4]!] : []));
    expect(names.length).toBeGreaterThan(0);
    await keyVault('kv-prod-weu', ({ secrets, ...vault }) => ({
      ...vault,
      secrets: secrets.filter(({ name }) => !names.includes(name)),
    }));
    const restores = () => bot.azure.requests('POST', /^\/secrets\/restore/);
    const before = (await restores()).length;
    await restoredWith(await started('vm-bek-01'), 'vm-bek-01');
    expect((await restores()).slice(before).map(({ status }) => status)).toEqual(names.map(() => 200));
    // No value is written: a secret that is no disk key is restored as a whole.
    const puts = await bot.azure.requests('PUT', /^\/secrets\//);
    expect(puts.filter(({ path }) => names.some((name) => path.includes(name)))).toEqual([]);
    expect(await unlocked('vm-bek-01')).toEqual(names.map(() => true));

    // Disabled isn't gone: its value stays as it is until a person enables it.
    const written = await keyWrites();
    await keyVault('kv-prod-weu', enabled('secrets', false));
    const again = await choosesRestore(bot, 'vm-bek-01', 'disabled');
    expect((await again.card()).text).toMatch(/BEK of .* is disabled.* stay locked until their keys are back/);
    // With a KEK a new version is made of it.
    expect((await (await choosesRestore(bot, 'vm-app-01')).card()).text).toMatch(/is disabled.* brings the keys back/);
    // That is written into the disks at the end, so that what it takes is told before anything is asked for.
    const { roles, roleAssignments } = await bot.azure.state('roles', 'roleAssignments');
    const writing = roles.filter(({ permissions }) => permissions.actions.includes('Microsoft.Compute/disks/write'));
    const ids = new Set(writing.map(({ id }) => id));
    await bot.azure.change({ roleAssignments: roleAssignments.filter(({ roleId }) => !ids.has(roleId)) });
    const lacking = await choosesTarget(bot, 'vm-app-01', { target: { ...restoreTarget, reason: 'lacking' } });
    const may = await lacking.untilTitle(say('restore.may-not', { group: 'rg-restore' }));
    expect(may.text).toContain(say('restore.lacks', { action: 'Microsoft.Compute/disks/write' }));
    expect(may.titles).not.toContain(say('button.ask-approval'));
    await bot.azure.change({ roleAssignments });
    await approvesRestore(again);
    const waits = await again.untilTitle(say('in-the-way.secret-disabled', { place: 'kv-prod-weu' }));
    expect(waits.text).toMatch(/az keyvault secret set-attributes --vault-name kv-prod-weu .*--enabled true/);
    await keyVault('kv-prod-weu', enabled('secrets', true));
    await restoredWith(again, 'vm-bek-01');
    expect(await keyWrites()).toEqual(written);
    expect(await unlocked('vm-bek-01')).toEqual(names.map(() => true));
  });

  test('no content of a key or a secret is stored anywhere after all that, nor any token', async () => {
    const material = await materialOf(bot.azure, ['vm-hr-01', 'vm-hr-02', 'vm-app-01', 'vm-bek-01']);
    expect(material.length).toBeGreaterThan(10);
    // A token in a header, by the name that the simulator accepts, or as Entra issues them.
    const secretsIn = (text: string) => [
      ...traceOf(material, text),
      ...(text.match(/Bearer kluis-\w+|eyJ[\w-]{8,}\.[\w-]+\./g) ?? []),
    ];
    expect(secretsIn('Bearer kluis-restore, Bearer eyJhbGciOiJub25lIn0.eyJzdWIi.c2ln')).toHaveLength(2);
    const { db, queue } = bot.database;
    const tables = await sql<{ schema: string; name: string }>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema in (current_schema(), ${queue.schema})`.execute(db);
    expect(tables.rows.length).toBeGreaterThan(12);
    for (const { schema, name } of tables.rows) {
      const { rows } = await sql`select * from ${sql.table(`${schema}.${name}`)}`.execute(db);
      expect({ table: name, holds: secretsIn(JSON.stringify(rows)) }).toEqual({ table: name, holds: [] });
    }
    const cards = JSON.stringify(await bot.lab.exchanges());
    expect(secretsIn(cards)).toEqual([]);
    // What `npm run audit:export` prints, line by line.
    let exported = '';
    for await (const page of auditPages(db)) exported += page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    expect(exported.split('\n').length).toBeGreaterThan(30);
    expect(secretsIn(exported)).toEqual([]);
    expect(bot.log.length).toBeGreaterThan(100);
    expect(secretsIn(JSON.stringify(bot.log))).toEqual([]);
    expect(secretsIn(await (await fetch(`${bot.url}/metrics`)).text())).toEqual([]);
    // The same search finds it where it belongs: in what was sent to Azure.
    expect(secretsIn(JSON.stringify(await bot.azure.requests('PUT', /^\/secrets\//)))).not.toEqual([]);
    expect(secretsIn(JSON.stringify(await bot.azure.requests('POST', /^\/keys\/restore/)))).not.toEqual([]);
  });

  test('two disks name one secret, one of them in small letters: both are pointed to its new version', async () => {
    const { items, keyVaults } = await bot.azure.state('items', 'keyVaults');
    const shared = items.map((item) => {
      if (!item.vmId.endsWith('/vm-hr-02')) return item;
      return {
        ...item,
        points: item.points.map((point) => {
          const [first, second, ...more] = point.copiedKeys ?? [];
          if (!first || !second) return point;
          const secretUrl = first.ade.secretUrl.replace(/[^/]+(?=\/[^/]+$)/, (name) => name.toLowerCase());
          expect(secretUrl).not.toBe(first.ade.secretUrl);
          return {
            ...point,
            copiedKeys: [first, { ...first, lun: second.lun, ade: { ...first.ade, secretUrl } }, ...more],
          };
        }),
      };
    });
    expect(JSON.stringify(shared)).not.toBe(JSON.stringify(items));
    await bot.azure.change({ items: shared });
    await keyVault('kv-hr2-weu', (vault) => ({ ...vault, ...empty }));
    await restoredWith(await started('vm-hr-02', 'one secret'), 'vm-hr-02');
    expect(await unlocked('vm-hr-02')).toEqual([true, true]);
    await bot.azure.change({ items, keyVaults });
  });
});

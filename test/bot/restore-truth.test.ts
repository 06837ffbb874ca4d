import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import {
  approvesRestore,
  choosesRestore,
  choosesTarget,
  choosesVm,
  newestPoint,
  requestsRestore,
  restoreRoles,
  restoreSubnet,
  restoreTarget,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** What the cards of a restore say, against what Azure does. */
describe('what is said of a restore', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
  });
  afterEach(async () => {
    await bot.azure.mend();
    const { jobs } = await bot.azure.state('jobs');
    await bot.azure.change({
      jobs: jobs.filter(({ operation, status }) => operation !== 'Restore' || status === 'InProgress'),
    });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asksWhere = async (vm: string) => {
    const chat = await bot.asks('ana', `backup restore ${vm}`);
    await chat.untilTitle(say('restore.which', { vm }));
    await chat.clicks('Continue', { point: await newestPoint(bot, vm) });
    return [chat, await chat.untilTitle(say('restore.where', { vm }))] as const;
  };
  const pointsOf = async (vm: string, change: (point: object, index: number) => object) => {
    const { items } = await bot.azure.state('items');
    const newest = (all: readonly { time: string }[]) => all.toSorted((a, b) => b.time.localeCompare(a.time));
    const changed = items.map((item) =>
      item.vmId.endsWith(`/${vm}`) ? { ...item, points: newest(item.points).map(change) as typeof item.points } : item,
    );
    await bot.azure.change({ items: changed });
    return () => bot.azure.change({ items });
  };

  test('groups that a service made for itself aren’t offered, and the one for restores is preselected', async () => {
    const { resourceGroups } = await bot.azure.state('resourceGroups');
    const other = {
      ...resourceGroups[0]!,
      name: 'MC_cluster',
      managedBy: '/subscriptions/x/providers/Microsoft.ContainerService/managedClusters/c',
    };
    await bot.azure.change({ resourceGroups: [...resourceGroups, other] });
    const [chat, card] = await asksWhere('vm-app-01');
    const { choices, value } = card.inputs['group']!;
    const names = choices.map(({ title }) => title);
    expect(names).toContain('rg-app');
    expect(names.filter((name) => /AzureBackupRG|MC_/.test(name))).toEqual([]);
    expect(value).toBe(restoreTarget.group);
    // A forged click can't choose it either.
    const [go] = card.buttons;
    const forged = { ...restoreTarget, group: restoreTarget.group.replace('rg-restore', 'AzureBackupRG_westeurope_1') };
    expect((await chat.sends({ verb: go!.verb, data: { ...go!.data, ...forged } })).text).toContain(
      say('refusal.not-offered'),
    );
    await bot.azure.change({ resourceGroups });
  });

  test('a group in which the restore identity may do nothing: said at once, and Azure isn’t asked again', async () => {
    const group = restoreTarget.group.replace('rg-restore', 'rg-network');
    const validations = async () => (await bot.azure.requests('POST', /backupTriggerValidateOperation/)).length;
    const chat = await choosesTarget(bot, 'vm-app-01', { target: { ...restoreTarget, group } });
    const card = await chat.untilTitle(/may not restore into rg-network/);
    expect(card.title).toContain('⛔');
    expect(card.text).toContain('Microsoft.Resources/subscriptions/resourceGroups/write');
    expect(card.text).not.toContain('Trying again');
    expect(card.titles).toContain('Change destination');
    const asked = await validations();
    await bot.azure.control('POST', 'clock', { advanceSeconds: 600 });
    await chat.clicks('Change destination');
    await chat.untilTitle(say('restore.where', { vm: 'vm-app-01' }));
    expect(await validations()).toBe(asked);
  });

  test('private disks stay private: it is sent, and stands next to who can read them', async () => {
    const back = await pointsOf('vm-app-01', (point) => ({ ...point, privateAccess: true, zones: ['1'] }));
    const chat = await choosesRestore(bot, 'vm-app-01', 'private');
    const card = await chat.card();
    expect(card.text).toContain('--disk-access-option SameAsOnSourceDisks');
    expect(card.text).toContain('zone 1');
    const says =
      'One or more of the disks allow access only through a private endpoint (disk access). The restored disks keep that.';
    expect(card.text).toContain(says);
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(says.replace(/\.$/, ''));
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
    const sent = (await bot.azure.writes(/vm-app-01.*\/restore\?/)).filter(({ status }) => status === 202).at(-1);
    expect(sent!.body).toMatchObject({
      properties: { targetDiskNetworkAccessSettings: { targetDiskNetworkAccessOption: 'SameAsOnSourceDisks' } },
    });
    await back();
  });

  test('a tier that Kluis doesn’t know is said as it is; a rehydrated or soft-deleted point isn’t what it isn’t', async () => {
    const tiers = [['IASnapshotRP'], ['HardenedRP'], ['ArchivedRP']];
    const back = await pointsOf('vm-app-02', (point, at) => ({
      ...point,
      tiers: tiers[at] ?? ['HardenedRP'],
      ...(at === 1 && { softDeleted: true }),
      ...(at === 2 && { tierStatus: 'Rehydrated' }),
    }));
    const chat = await bot.asks('ana', 'backup restore vm-app-02');
    const card = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
    const titles = card.inputs['point']!.choices.map(({ title }) => title);
    expect(titles[0]).toContain('IASnapshotRP');
    expect(titles[0]).not.toContain('Recovery Services vault');
    // Azure decides whether it restores such a point; the third is back from the archive for a while.
    expect(titles[1]).toContain('soft-deleted');
    expect(titles[2]).toContain('rehydrated');
    await back();
  });

  test('keys rotated after the point: the vault is advised where the point is a snapshot', async () => {
    const newer = await pointsOf('vm-app-01', (point, at) => ({
      ...point,
      tiers: at === 0 ? ['InstantRP', 'HardenedRP'] : ['HardenedRP'],
    }));
    const { keyVaults } = await bot.azure.state('keyVaults');
    const rotated = new Date(Date.now() + 1000).toISOString();
    await bot.azure.change({
      keyVaults: keyVaults.map((vault) => ({
        ...vault,
        keys: vault.keys.map((key) => ({
          ...key,
          versions: key.versions.map((version) => ({ ...version, created: rotated })),
        })),
      })),
    });
    const chat = await choosesRestore(bot, 'vm-app-01', 'rotated');
    const card = await chat.card();
    expect(card.text).toMatch(/The keys of the VM were changed after this recovery point/);
    expect(card.text).toMatch(
      /A restore from a snapshot may fail then[^.]*\. If it does, take a recovery point that is only in the Recovery Services vault; the newest is of /,
    );
    // Azure fails it: the advice is given again, and the point in the vault is one press away.
    const job = { vm: 'vm-app-01', errorCode: 400239, errorTitle: 'UnknownOfAzure', errorString: 'It failed.' };
    await bot.azure.fault({ job: { ...job, recommendations: [] } });
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/❌/u);
    expect(failed.text).toContain(say('restored.try-vault'));
    const again = await choosesRestore(bot, 'vm-app-01', 'from the vault');
    await again.clicks(say('button.other-point'));
    const which = await again.untilTitle(say('restore.which', { vm: 'vm-app-01' }));
    const inVault = which.inputs['point']!.choices.find(({ title }) => title.includes(say('tier.vault')))!;
    await again.clicks('Continue', { point: inVault.value });
    await again.untilTitle(say('restore.where', { vm: 'vm-app-01' }));
    await again.clicks('Continue', { ...restoreTarget, reason: 'from the vault' });
    const sure = await again.untilTitle(say('restore.sure', { vm: 'vm-app-01' }));
    expect(sure.text).toContain(`--rp-name ${inVault.value}`);
    expect(sure.text).not.toMatch(/A restore from a snapshot may fail/);
    expect(sure.titles).not.toContain(say('button.other-point'));
    await bot.azure.change({ keyVaults });
    await newer();
  });

  test('a failed restore of encrypted disks says what a snapshot has to do with it; of others it doesn’t', async () => {
    const fail = async (vm: string) => {
      const job = { vm, errorCode: 400239, errorTitle: 'UnknownOfAzure', errorString: 'It failed.' };
      await bot.azure.fault({ job: { ...job, recommendations: [] } });
      const chat = await choosesRestore(bot, vm, `fails ${vm}`);
      await approvesRestore(chat);
      return (await chat.untilTitle(/❌/u)).text;
    };
    expect(await fail('vm-app-01')).toContain(say('restored.try-vault-if'));
    const back = await pointsOf('vm-app-01', (point) => ({ ...point, encrypted: false }));
    expect(await fail('vm-app-01')).not.toContain(say('restored.try-vault-if'));
    await back();
  });

  test('a forecast without a staging account says when one behind a firewall would do', async () => {
    const { storageAccounts, vaults } = await bot.azure.state('storageAccounts', 'vaults');
    await bot.azure.change({
      storageAccounts: storageAccounts.map((one) => ({ ...one, firewalled: true })),
      vaults: vaults.map(({ identity: _, ...vault }) => vault),
    });
    const chat = await bot.asks('ana', 'backup forecast');
    await chat.until('the forecast', async () => (await chat.card()).text.includes('can stage a restore'));
    const { text } = await chat.card();
    expect(text).toMatch(/can stage a restore: .*behind a firewall only if .*system-assigned identity/);
    await bot.azure.change({ storageAccounts, vaults });
  });

  test('on Windows the disks keep their settings, the extension isn’t there, and the card has the command', async () => {
    const chat = await choosesVm(bot, 'vm-app-01');
    await chat.clicks('Continue', { name: 'vm-app-01-win', subnet: restoreSubnet });
    const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    expect(sure.text).not.toMatch(/Azure (restores|puts) the (encryption )?settings (back )?itself/i);
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-win' }));
    expect(closing.text).not.toMatch(/put back by Azure/);
    expect(closing.text).toContain('on the disks; the extension isn’t installed'.replace('’', "'"));
    expect(closing.text).toMatch(/az vm encryption enable --resource-group rg-restore --name vm-app-01-win/);
    expect(closing.text).toContain('and the old VM, vm-app-01, which is unchanged');
  });

  /** The VM was deleted, and comes back under its own name in its own group. */
  const underItsName = async (change: (item: object) => object = (item) => item) => {
    const { vms, items } = await bot.azure.state('vms', 'items');
    await bot.azure.change({
      vms: vms.filter(({ name }) => name !== 'vm-app-01'),
      items: items.map((one) => (one.vmId.endsWith('/vm-app-01') ? (change(one) as typeof one) : one)),
    });
    const group = restoreTarget.group.replace('rg-restore', 'rg-app');
    const roles = await bot.azure.state('roleAssignments');
    await bot.azure.change({
      roleAssignments: [
        ...roles.roleAssignments,
        ...roles.roleAssignments
          .filter(({ scope }) => scope.endsWith('/resourceGroups/rg-restore'))
          .map((one, at) => ({ ...one, name: `own-name-${at}`, scope: one.scope.replace('rg-restore', 'rg-app') })),
      ],
    });
    const chat = await choosesTarget(bot, 'vm-app-01', { target: { ...restoreTarget, group, make: 'vm' } });
    await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
    await chat.clicks('Continue', { name: 'vm-app-01', subnet: restoreSubnet });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01' }));
    await bot.azure.change({ vms, items, ...roles });
    return closing;
  };

  test('the VM was deleted and comes back under its name in its group: its backups continue, there is no old VM', async () => {
    const closing = await underItsName();
    expect(closing.text).not.toContain('which is unchanged');
    expect(closing.text).toContain('Its backups continue');
    expect(closing.titles).not.toContain(say('button.protect-new', { vm: 'vm-app-01' }));
    expect(closing.titles).not.toContain(say('button.resume'));
  });

  test('the same while its protection is stopped: that is said, and the next step resumes it', async () => {
    const closing = await underItsName((item) => ({ ...item, state: 'ProtectionStopped', policyId: '' }));
    expect(closing.text).toContain('whose backups in rsv-prod-weu are stopped: resume them.');
    expect(closing.titles[0]).toBe(say('button.resume'));
    expect(closing.titles).not.toContain(say('button.protect-new', { vm: 'vm-app-01' }));
  });
});
